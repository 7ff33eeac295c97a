package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every page: that it shows what it is about, to everybody, on every screen. */
class DashboardPagesTest extends BrowserFixture {
    /** What each page shows once it is complete. */
    private static final Map<String, String> PAGES = new TreeMap<>(Map.of(
            "overview", ".state[data-state=current]",
            "timeline", ".plots canvas",
            "files?root=data&path=notes&file=notes%2Ftodo.txt", "table.entries a:has-text('todo.txt')",
            "rules", "main a:has-text('told-of-notes')",
            "host", "section:has-text('memory.usage')",
            "events", "tr[data-type='backup.completed']"));

    private Daemon withFiles() throws IOException {
        Files.createDirectory(watched().resolve("notes"));
        Files.writeString(watched().resolve("notes/todo.txt"), "one\n");
        Files.createDirectories(temporary.resolve("workflows"));
        Files.writeString(temporary.resolve("workflows/told.yml"), """
                version: 1
                rules:
                  told-of-notes:
                    description: Tells the log of changed notes.
                    on: {file: "%s/notes/**"}
                    steps: [{notify: ops, with: {text: "${event.data.count} notes were changed"}}]
                """.formatted(watched()));
        Daemon daemon = start(configure("{memory.usage: 1s, host.activity: 1s}", ""));
        awaitDurable(daemon);
        Files.writeString(watched().resolve("notes/todo.txt"), "one\ntwo\n");
        awaitDurable(daemon);
        return daemon;
    }

    @Test
    void every_page_is_quiet_accessible_and_fits_a_phone_in_both_themes() throws IOException {
        Daemon daemon = withFiles();
        Files.createDirectories(SCREENSHOTS);
        SoftAssertions all = new SoftAssertions();
        PAGES.forEach((address, shown) -> {
            String name = address.replaceAll("\\?.*", "");
            Page page = open(daemon, address, WIDE, ColorScheme.LIGHT);
            assertThat(page.locator(shown).first()).isVisible();
            assertThat(page.locator("main .loading")).hasCount(0);
            all.assertThat(takeComplaints()).as(name).isEmpty();
            all.assertThat(Axe.findings(page)).as(name + " in light colours").isEmpty();
            picture(page, name + "-light");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            picture(page, name + "-dark");
            page.setViewportSize(PHONE, 740);
            all.assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(name + " needs no sideways scrolling")
                    .isEqualTo(true);
            all.assertThat(Axe.findings(page))
                    .as(name + " in dark colours on a phone")
                    .isEmpty();
            picture(page, name + "-dark-phone");
        });
        all.assertAll();
    }

    @Test
    void all_pages_together_are_a_small_transfer() throws IOException {
        Daemon daemon = withFiles();
        Page page = open(daemon, "overview");
        PAGES.forEach((address, shown) -> {
            page.navigate(address(daemon, address));
            assertThat(page.locator(shown).first()).isVisible();
            assertThat(page.locator("main .loading")).hasCount(0);
        });
        int bytes = (Integer) page.evaluate("""
                ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
                    .reduce((all, entry) => all + entry.transferSize, 0)
                """);
        org.assertj.core.api.Assertions.assertThat(bytes).isBetween(50 * 1024, 250 * 1024);
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    @Test
    void the_theme_is_chosen_and_remembered() throws IOException {
        Page page = open(start(), "overview", WIDE, ColorScheme.LIGHT);
        String colour = "getComputedStyle(document.documentElement).backgroundColor";
        Object light = page.evaluate(colour);
        var button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Colours:"));
        button.click();
        button.click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        org.assertj.core.api.Assertions.assertThat(page.evaluate(colour)).isNotEqualTo(light);
    }

    @Test
    void everything_can_be_reached_with_the_keyboard() throws IOException {
        Page page = open(start(), "overview");
        assertThat(page.locator(".state")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Events"))
                .press("Enter");
        assertThat(page.locator("h1")).hasText("Events");
        assertThat(page.locator("h1")).isFocused();
        assertThat(page).hasTitle("Events – Keepwatch");
    }
}
