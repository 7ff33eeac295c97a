package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.keepwatch.http.AccessToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a person does with the dashboard. */
class DashboardWorkTest extends BrowserFixture {
    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void a_change_appears_by_itself() throws IOException {
        Daemon daemon = start();
        awaitDurable(daemon);
        Page page = open(daemon, "events");
        assertThat(page.locator(".connection")).hasText("Live");
        Files.writeString(watched().resolve("new"), "content");
        assertThat(page.locator("tr.new[data-type='backup.completed']").first()).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview"))
                .click();
        Locator kept = page.locator(".fact:has(dt:text-is('Kept')) dd").first();
        assertThat(kept).hasText("2 files");
        Files.writeString(watched().resolve("newer"), "content");
        assertThat(kept).hasText("3 files");
    }

    @Test
    void a_pause_holds_the_events_still() throws IOException {
        Daemon daemon = start();
        awaitDurable(daemon);
        Page page = open(daemon, "events");
        assertThat(page.locator(".connection")).hasText("Live");
        button(page, "Pause").click();
        Locator rows = page.locator("table.feed tbody tr");
        assertThat(rows.first()).isVisible();
        int before = rows.count();
        Files.writeString(watched().resolve("new"), "content");
        assertThat(page.locator("main > p[role=status]")).hasText(Pattern.compile("Paused; [1-9].*"));
        assertThat(rows).hasCount(before);
        button(page, "Go on").click();
        page.getByLabel("Text").fill("backup.completed");
        assertThat(page.locator("tr[data-type='backup.completed']").first()).isVisible();
        assertThat(page.locator("tr[data-type='reconcile.completed']")).hasCount(0);
        page.getByLabel("Text").fill("no event says this");
        assertThat(rows).hasCount(0);
    }

    @Test
    void a_folder_is_shown_as_it_was() throws IOException {
        Files.writeString(watched().resolve("first"), "1");
        Daemon daemon = start();
        awaitDurable(daemon);
        Files.writeString(watched().resolve("later"), "2");
        Files.delete(watched().resolve("first"));
        awaitDurable(daemon);
        Page page = open(daemon, "files");
        Locator later = page.locator("table.entries a:has-text('later')");
        Locator first = page.locator("table.entries a:has-text('first')");
        assertThat(later).isVisible();
        assertThat(first).hasCount(0);
        page.getByLabel("Flush", new Page.GetByLabelOptions().setExact(true)).press("Home");
        assertThat(first).isVisible();
        assertThat(later).hasCount(0);
        button(page, "Now").click();
        assertThat(later).isVisible();
        page.getByLabel("Show what was deleted").check();
        assertThat(first).isVisible();
    }

    @Test
    void two_versions_are_compared_and_one_is_downloaded() throws IOException {
        Path file = watched().resolve("file.txt");
        Files.writeString(file, "same\nold\n");
        Daemon daemon = start();
        awaitDurable(daemon);
        Files.writeString(file, "same\nnew line\n");
        awaitDurable(daemon);
        Page page = open(daemon, "files");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("file.txt"))
                .click();
        Locator boxes = page.getByLabel("Compare the version of");
        assertThat(boxes).hasCount(2);
        boxes.nth(0).check();
        boxes.nth(1).check();
        assertThat(page.locator("tr.removed .line")).hasText("removed: old");
        assertThat(page.locator("tr.added .line")).hasText("added: new line");
        Download download = page.waitForDownload(
                () -> page.getByLabel("Download the version of").nth(1).click());
        assertThat(download.suggestedFilename()).isEqualTo("file.txt");
        assertThat(download.path()).hasContent("same\nold\n");
    }

    @Test
    void a_folder_is_restored() throws IOException {
        Files.createDirectory(watched().resolve("docs"));
        Files.writeString(watched().resolve("docs/file"), "content");
        Path target = Files.createDirectory(temporary.toRealPath().resolve("target"));
        Daemon daemon = start(configure("off", ", restore_to: [\"" + target + "\"]"));
        awaitDurable(daemon);
        Page page = open(daemon, "files?root=data&path=docs");
        button(page, "Restore this folder").click();
        page.getByLabel("Folder beneath it").fill("again");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Restore"))
                .click();
        assertThat(page.locator("li.restore[data-state=succeeded]")).containsText("2 entries restored");
        try (var files = Files.walk(target)) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(
                            restored -> assertThat(restored).hasFileName("file").hasContent("content"));
        }
    }

    @Test
    void where_nothing_may_be_written_it_is_said_what_to_do() throws IOException {
        Files.writeString(watched().resolve("file"), "content");
        Daemon daemon = start();
        awaitDurable(daemon);
        Page page = open(daemon, "files");
        button(page, "Restore this folder").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("restore_to: [/srv/restore]");
        assertThat(dialog).containsText("keepwatch restore " + watched() + " --to");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .click();
        assertThat(dialog).hasCount(0);
        assertThat(button(page, "Restore this folder")).isFocused();
    }

    @Test
    void dragging_on_the_timeline_chooses_a_span() throws IOException {
        Daemon daemon = start(configure("{memory.usage: 1s, host.activity: 1s}", ""));
        awaitDurable(daemon);
        Page page = open(daemon, "timeline");
        assertThat(page.locator(".plot:has-text('Memory') .u-value").nth(1)).hasText(Pattern.compile(".*%"));
        BoundingBox plot = page.locator(".u-over").nth(1).boundingBox();
        double y = plot.y + plot.height / 2;
        page.mouse().move(plot.x + plot.width / 4, y);
        page.mouse().down();
        page.mouse().move(plot.x + plot.width / 2, y);
        page.mouse().up();
        page.waitForURL(Pattern.compile(".*from=\\d+&to=\\d+"));
        assertThat(seconds(page)).isBetween(850L, 950L);
        button(page, "Wider").click();
        page.waitForCondition(() -> seconds(page) > 1700);
        button(page, "6 h").click();
        page.waitForURL(Pattern.compile(".*span=21600"));
        assertThat(button(page, "6 h")).hasAttribute("aria-pressed", "true");
    }

    private static long seconds(Page page) {
        var span = Pattern.compile("from=(\\d+)&to=(\\d+)").matcher(page.url());
        return span.find() ? Long.parseLong(span.group(2)) - Long.parseLong(span.group(1)) : 0;
    }

    @Test
    void who_has_a_token_logs_in_and_out() throws IOException {
        Daemon daemon =
                start(configure("off", ", tokens: [{name: ada, hash: " + AccessToken.hash("right") + ", role: read}]"));
        Page page = open(daemon, "overview");
        page.getByLabel("Token").fill("wrong");
        button(page, "Log in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(takeComplaints()).hasSize(1);
        page.getByLabel("Token").fill("right");
        button(page, "Log in").click();
        assertThat(page.locator(".state")).isVisible();
        assertThat(button(page, "Back up now")).isDisabled();
        button(page, "Log out").click();
        assertThat(page.getByLabel("Token")).isVisible();
    }
}
