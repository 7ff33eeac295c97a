package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page could not ask, it says so, and never that there is nothing. */
class DashboardDoubtTest extends BrowserFixture {
    private static final String PROBLEM = "{\"title\": \"Internal error\", \"detail\": \"see the daemon's log\"}";

    private static void refuse(BrowserContext context, String path) {
        context.route(
                "**/api/v1/" + path,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(500)
                        .setContentType("application/problem+json")
                        .setBody(PROBLEM)));
    }

    private static Locator panel(Page page, String title) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    private static void tryAgain(Locator where) {
        where.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try again"))
                .click();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts", "probes", "rules"})
    void nothing_is_wrong_only_where_everything_could_be_asked(String path) throws IOException {
        Daemon daemon = start();
        Page page = open(daemon, "overview", WIDE, ColorScheme.LIGHT, context -> refuse(context, path));
        Locator attention = panel(page, "Needs attention");
        assertThat(attention.getByRole(AriaRole.ALERT)).containsText("Internal error");
        assertThat(attention).not().containsText("Nothing is wrong.");
        assertThat(takeComplaints()).isNotEmpty().allMatch(complaint -> complaint.contains("/api/v1/" + path));
        page.context().unroute("**/api/v1/" + path);
        tryAgain(attention);
        assertThat(attention).containsText("Nothing is wrong.");
        assertThat(attention.getByRole(AriaRole.ALERT)).hasCount(0);
    }
}
