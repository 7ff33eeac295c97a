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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
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

    @Test
    void that_there_is_no_budget_is_said_once_it_is_known() throws IOException {
        Queue<Route> held = new ConcurrentLinkedQueue<>();
        Page page = open(
                start(), "overview", WIDE, ColorScheme.LIGHT, context -> context.route("**/api/v1/status", held::add));
        Locator costs = panel(page, "This month");
        assertThat(costs).containsText("Requests and reads");
        assertThat(costs).not().containsText("No budget is set");
        page.context().unroute("**/api/v1/status");
        held.remove().resume();
        assertThat(costs).containsText("No budget is set");
    }

    @Test
    void of_a_time_before_the_daemon_the_timeline_does_not_say_that_nothing_happened() throws IOException {
        Daemon daemon = start(configure("{memory.usage: 1s}", ""));
        Page page = open(daemon, "timeline");
        Locator marked = panel(page, "Marked on the plots");
        assertThat(marked).containsText("Events are known since");
        assertThat(marked).not().containsText("in this span");
    }

    @Test
    void the_timeline_does_not_deny_what_it_could_not_ask() throws IOException {
        Daemon daemon = start(configure("{memory.usage: 1s}", ""));
        Page page = open(daemon, "timeline", WIDE, ColorScheme.LIGHT, context -> refuse(context, "events?*"));
        assertThat(page.locator("main").getByRole(AriaRole.ALERT)).containsText("Internal error");
        assertThat(panel(page, "Marked on the plots")).isVisible();
        assertThat(panel(page, "Marked on the plots")).not().containsText("No alert");
        assertThat(takeComplaints()).isNotEmpty();
    }

    @Test
    void plots_are_drawn_when_what_draws_them_comes_at_the_second_try() throws IOException {
        Daemon daemon = start(configure("{memory.usage: 1s}", ""));
        Page page = open(
                daemon,
                "timeline",
                WIDE,
                ColorScheme.LIGHT,
                context -> context.route("**/vendor/uplot.js*", Route::abort));
        assertThat(page.locator("main").getByRole(AriaRole.ALERT)).containsText("What draws the plots was not loaded");
        assertThat(takeComplaints()).isNotEmpty();
        page.context().unroute("**/vendor/uplot.js*");
        tryAgain(page.locator("main"));
        assertThat(page.locator(".plots canvas").first()).isVisible();
        assertThat(page.locator("main").getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void a_time_before_the_first_flush_is_not_called_by_the_time_of_the_first() throws IOException {
        Daemon daemon = start();
        awaitDurable(daemon);
        Page page = open(daemon, "files?root=data&at=2020-01-01T00:00:00Z");
        assertThat(page.locator(".slider-words")).containsText(": before the first flush in this span");
        page.getByLabel("Flush", new Page.GetByLabelOptions().setExact(true)).press("ArrowRight");
        assertThat(page.locator(".slider-words")).containsText("in 1 flush");
        assertThat(page.locator("table.entries")).isVisible();
    }
}
