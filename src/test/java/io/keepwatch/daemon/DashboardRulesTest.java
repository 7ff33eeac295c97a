package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.keepwatch.http.ApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The page of rules, with real rules and against what the API's document gives as examples. */
class DashboardRulesTest extends BrowserFixture {
    private final Map<String, JsonNode> operations = new ApiDocument().operations();

    private String example(String operation) {
        JsonNode example = Objects.requireNonNull(operations.get(operation), operation)
                .at("/responses/200/content/application~1json/example");
        assertThat(example.isObject()).as(operation).isTrue();
        return example.toString();
    }

    private void answerAsDocumented(BrowserContext context) {
        Map.of(
                        "rules", "GET /rules",
                        "approvals", "GET /approvals",
                        "silences", "GET /silences",
                        "runs?*", "GET /runs",
                        "rules/*/explain", "GET /rules/{name}/explain",
                        "runs/*", "GET /runs/{id}")
                .forEach((path, operation) -> context.route("**/api/v1/" + path, route -> {
                    if (route.request().method().equals("GET")) {
                        route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(example(operation)));
                    } else {
                        route.fulfill(new Route.FulfillOptions().setStatus(204));
                    }
                }));
    }

    private Page rules(Daemon daemon) {
        Page page = open(daemon, "rules", WIDE, ColorScheme.LIGHT, this::answerAsDocumented);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("disk-full"))
                .click();
        page.locator("section:has-text('Written in') tbody a").first().click();
        assertThat(page.locator(".steps li")).containsText("The target answered 500.");
        return page;
    }

    @Test
    void a_question_is_answered_with_one_press() throws IOException {
        Page page = rules(start());
        assertThat(page.locator(".question")).containsText("Fail over md0?");
        Request request = page.waitForRequest(
                sent -> sent.method().equals("POST") && sent.url().endsWith("/api/v1/approvals"),
                () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve"))
                        .click());
        assertThat(request.postData()).isEqualTo("{\"run\":\"01JD\",\"step\":\"ok\",\"approved\":true}");
        assertThat(request.headerValue("X-Keepwatch")).isEqualTo("1");
    }

    @Test
    void a_rule_is_silenced_with_a_reason() throws IOException {
        Page page = rules(start());
        Locator panel = page.locator(".silence-form");
        panel.getByLabel("Rule").selectOption("disk-full");
        panel.getByLabel("For").selectOption("12");
        panel.getByLabel("Why").fill("moving house");
        Request request = page.waitForRequest(
                sent -> sent.method().equals("POST") && sent.url().endsWith("/api/v1/silences"),
                () -> panel.getByRole(AriaRole.BUTTON).click());
        assertThat(request.postData())
                .contains("\"rule\":\"disk-full\"", "\"subject\":\"*\"", "\"comment\":\"moving house\"");
        assertThat(panel.getByLabel("Why")).hasValue("");
    }

    @Test
    void a_run_that_waits_goes_on_when_it_is_approved_on_the_page() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("workflows"));
        Path file = Files.createFile(watched().resolve("app.conf"));
        Path done = temporary.resolve("done");
        Files.writeString(folder.resolve("ask.yml"), """
                version: 1
                rules:
                  ask-first:
                    on: {file: "%s", debounce: 200ms}
                    steps:
                      - {id: ok, approve: "Reload for ${event.data.count} change?", timeout: 1h}
                      - if: steps.ok.approved
                        run: [touch, "%s"]
                """.formatted(file, done));
        Daemon daemon = start();
        awaitStatus(daemon, status -> status.state().equals("current"));
        Page page = open(daemon, "rules?rule=ask-first");
        assertThat(page.getByText("It has not run yet.")).isVisible();

        Files.writeString(file, "port = 8080\n");
        assertThat(page.locator(".question")).containsText("Reload for 1 change?");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve"))
                .click();
        Locator run = page.locator("table:has(caption:text-is('1 run')) tbody tr");
        assertThat(run).containsText("succeeded");
        assertThat(done).exists();
        run.getByRole(AriaRole.LINK).click();
        assertThat(page.locator(".steps li")).hasCount(2);
        assertThat(page.locator(".verdict")).containsText(watched().toString());
        page.locator(".verdict summary").click();
        assertThat(page.locator(".verdict")).containsText("The condition holds");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve("rule-run.png"))
                .setFullPage(true));
        assertThat(Axe.findings(page)).isEmpty();
    }

    @Test
    void rules_runs_and_silences_are_accessible_and_fit_a_phone() throws IOException {
        Page page = rules(start());
        assertThat(page.locator("table:has(caption:text-is('Silences')) tbody tr"))
                .hasCount(1);
        assertThat(Axe.findings(page)).isEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.setViewportSize(PHONE, 740);
        assertThat(Axe.findings(page)).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
        Locator summary = page.locator(".steps summary");
        summary.press("Enter");
        assertThat(page.locator(".steps pre")).containsText("\"status_code\": 500");
    }
}
