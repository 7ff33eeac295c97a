package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is restored is the version that was chosen, whatever time the page shows. */
class DashboardRestoreTest extends BrowserFixture {
    private Path file;
    private Path target;
    private Daemon daemon;

    @BeforeEach
    void store_two_versions() throws IOException {
        file = watched().resolve("file.txt");
        target = Files.createDirectory(temporary.toRealPath().resolve("target"));
        Files.writeString(file, "old\n");
        daemon = start(configure("off", ", restore_to: [\"" + target + "\"]"));
        awaitDurable(daemon);
        Files.writeString(file, "current\n");
        awaitDurable(daemon);
    }

    private void restoreTo(Page page, Locator from, String folder) {
        from.click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        page.getByLabel("Folder beneath it").fill(folder);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Restore"))
                .click();
        assertThat(page.locator("li.restore[data-state=succeeded]:has-text('" + target + "/" + folder + "')"))
                .containsText("1 entry restored");
    }

    private void assertRestored(String folder, String content) throws IOException {
        try (var files = Files.walk(target.resolve(folder))) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(restored ->
                            assertThat(restored).hasFileName("file.txt").hasContent(content));
        }
    }

    private static Locator version(Page page, String state) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Versions of file.txt"))
                .locator("tbody tr:has(.mark:has-text('" + state + "'))")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Restore the version of"));
    }

    @Test
    void an_old_version_and_the_current_one_come_back_as_they_were() throws IOException {
        Page page = open(daemon, "files?root=data&file=file.txt");
        restoreTo(page, version(page, "past"), "past");
        assertRestored("past", "old\n");
        restoreTo(page, version(page, "current"), "current");
        assertRestored("current", "current\n");
    }

    @Test
    void the_current_version_is_restored_although_the_page_shows_the_past() throws IOException {
        Page page = open(daemon, "files?root=data&file=file.txt");
        page.getByLabel("Flush", new Page.GetByLabelOptions().setExact(true)).press("Home");
        assertThat(page.locator("main [role=status]:has-text('as of 2')")).isVisible();
        restoreTo(page, version(page, "current"), "current");
        assertRestored("current", "current\n");
    }

    @Test
    void a_folder_is_restored_as_the_page_shows_it() throws IOException {
        Page page = open(daemon, "files?root=data");
        page.getByLabel("Flush", new Page.GetByLabelOptions().setExact(true)).press("Home");
        assertThat(page.locator("main [role=status]:has-text('as of 2')")).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Restore this folder"))
                .click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("as it was at 2");
        page.getByLabel("Folder beneath it").fill("then");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Restore"))
                .click();
        assertThat(page.locator("li.restore[data-state=succeeded]")).hasCount(1);
        try (var files = Files.walk(target.resolve("then"))) {
            assertThat(files.filter(found -> found.endsWith("file.txt")))
                    .singleElement()
                    .satisfies(restored -> assertThat(restored).hasContent("old\n"));
        }
    }
}
