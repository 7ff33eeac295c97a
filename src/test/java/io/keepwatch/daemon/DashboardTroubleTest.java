package io.keepwatch.daemon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.S3Options.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What an administrator sees whose store is gone, or whose rules do not work. */
class DashboardTroubleTest extends BrowserFixture {
    private Daemon withRules(String rules) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("workflows"));
        Files.writeString(folder.resolve("test.yml"), "version: 1\nrules:\n" + rules.indent(2));
        return start();
    }

    private static Locator panel(Page page, String title) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    @Test
    void a_rule_file_that_was_not_taken_needs_attention() throws IOException {
        Daemon daemon = withRules("- a list");
        Page page = open(daemon, "overview");
        Locator attention = panel(page, "Needs attention");
        assertThat(attention).containsText("1 mistake: no rule is in force.");
        assertThat(attention).containsText("test.yml:3:3 this needs a map");
        assertThat(attention).not().containsText("Nothing is wrong.");
        Page phone = open(daemon, "rules", PHONE, ColorScheme.DARK);
        assertThat(panel(phone, "Mistakes in rule files").locator("code").last())
                .hasText(temporary.resolve("workflows/test.yml") + ":3:3");
        assertThat(panel(phone, "Rules")).containsText("until the mistakes above are mended");
        assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
    }

    @Test
    void a_rule_whose_run_failed_needs_attention_and_leads_to_the_run() throws IOException {
        Daemon daemon = withRules("""
                breaks:
                  on: {event: backup.completed}
                  steps: [{id: fails, run: [/bin/false]}]
                """);
        awaitDurable(daemon);
        Page page = open(daemon, "overview");
        Locator attention = panel(page, "Needs attention");
        assertThat(attention).containsText("Its last run failed");
        attention
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("breaks"))
                .click();
        assertThat(page.locator(".steps li")).containsText("fails");
    }

    @Test
    void a_download_that_the_store_does_not_give_says_why_and_nothing_is_lost() throws IOException {
        Files.writeString(watched().resolve("file"), "content");
        EmbeddedS3 server = EmbeddedS3.start(temporary.resolve("buckets"));
        Daemon daemon = start(in(server));
        awaitDurable(daemon);
        server.close();
        Page page = open(daemon, "files?root=data&file=file");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download"))
                .first()
                .click();
        Locator alert = page.locator("main").getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("The store is out of reach");
        assertThat(alert).containsText("nothing listens there");
        assertThat(takeComplaints()).isNotEmpty().allMatch(complaint -> complaint.contains("503"));
        Files.writeString(watched().resolve("file"), "more");
        awaitStatus(daemon, status -> !status.store().reachable());
        page = open(daemon, "overview");
        assertThat(panel(page, "Needs attention")).containsText("none is lost");
    }

    private Config in(EmbeddedS3 server) throws IOException {
        Credentials.Static keys = (Credentials.Static) server.options().credentials();
        Path credentials = Files.writeString(
                temporary.resolve("credentials"),
                "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                        .formatted(keys.accessKeyId(), keys.secretKey()));
        Path file = writeConfig("{s3: {bucket: %s, endpoint: \"%s\", credentials: {file: \"%s\"}}}"
                .formatted(
                        server.options().bucket(), server.options().endpoint().orElseThrow(), credentials));
        return new ConfigLoader(Machine.current()).load(file).config();
    }
}
