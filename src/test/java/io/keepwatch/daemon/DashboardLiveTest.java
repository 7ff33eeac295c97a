package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.keepwatch.http.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A page shows what is, also after a time in which it heard nothing. */
class DashboardLiveTest extends BrowserFixture {
    private static final String HIDDEN = """
            hidden => {
                Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
                document.dispatchEvent(new Event('visibilitychange'));
            }
            """;

    @Test
    void what_changed_while_the_tab_was_hidden_shows_when_it_is_back() throws IOException {
        Files.writeString(watched().resolve("before"), "1");
        Daemon daemon = start();
        awaitDurable(daemon);
        Page page = open(daemon, "files");
        assertThat(page.locator("table.entries a:has-text('before')")).isVisible();
        assertThat(page.locator(".connection")).hasText("Live");
        page.evaluate(HIDDEN, true);
        assertThat(page.locator(".connection")).hasText("Paused");
        Files.writeString(watched().resolve("meanwhile"), "2");
        awaitDurable(daemon);
        assertThat(page.locator("table.entries a:has-text('meanwhile')")).hasCount(0);
        page.evaluate(HIDDEN, false);
        assertThat(page.locator("table.entries a:has-text('meanwhile')")).isVisible();
    }

    @Test
    void what_changed_between_the_first_answer_and_the_stream_shows() throws IOException {
        Files.writeString(watched().resolve("before"), "1");
        Daemon daemon = start();
        awaitDurable(daemon);
        Queue<Route> held = new ConcurrentLinkedQueue<>();
        Page page = open(
                daemon,
                "files",
                WIDE,
                ColorScheme.LIGHT,
                context -> context.route("**/api/v1/events/stream*", held::add));
        assertThat(page.locator("table.entries a:has-text('before')")).isVisible();
        Files.writeString(watched().resolve("meanwhile"), "2");
        awaitDurable(daemon);
        assertThat(held).hasSize(1);
        held.remove().resume();
        assertThat(page.locator("table.entries a:has-text('meanwhile')")).isVisible();
    }

    @Test
    void after_a_log_out_no_stream_is_open() throws IOException {
        Daemon daemon =
                start(configure("off", ", tokens: [{name: ada, hash: " + AccessToken.hash("right") + ", role: read}]"));
        awaitDurable(daemon);
        Page page = open(daemon, "overview", WIDE, ColorScheme.LIGHT, context -> context.addInitScript("""
                window.sources = [];
                window.EventSource = class extends EventSource {
                    constructor(address) { super(address); window.sources.push(this); }
                };
                """));
        page.getByLabel("Token").fill("right");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        assertThat(page.locator(".connection")).hasText("Live");
        // A question that is under way when its session ends is refused, and the browser says so.
        assertThat(page.getByText("Nothing is wrong.")).isVisible();
        assertThat(page.locator(".loading")).hasCount(0);
        assertThat(page.evaluate("sources.map(each => each.readyState).join()")).isEqualTo("1");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out"))
                .click();
        assertThat(page.getByLabel("Token")).isVisible();
        page.waitForFunction("sources.every(each => each.readyState === EventSource.CLOSED)");
    }
}
