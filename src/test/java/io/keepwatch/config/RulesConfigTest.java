package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.yaml.ConfigProblem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesConfigTest {
    @TempDir
    private Path folder;

    private ConfigFixture fixture;

    @BeforeEach
    void make() {
        fixture = new ConfigFixture(folder);
    }

    private static final String SECRETS =
            "secrets: {ops: {file: /a/b}, pager: {env: PAGER}, smtp: {credential: smtp}}\n";

    @Test
    void nothing_is_needed_and_rules_are_beside_the_file() {
        RulesConfig rules = fixture.load("host: web-1\n").config().rules();
        assertThat(rules).isEqualTo(RulesConfig.nothing(folder.resolve("workflows")));
        RulesConfig elsewhere =
                fixture.load("rules: {folder: /srv/rules}\n").config().rules();
        assertThat(elsewhere.folder()).isEqualTo(Path.of("/srv/rules"));
    }

    @Test
    void everything_that_rules_can_use_is_read() {
        RulesConfig rules = fixture.load(SECRETS + """
                        rules: {user: nobody, commands: 8}
                        webhooks:
                          tickets: {url: "https://t.test/in", secret: ops, token: pager, allow_private: true, timeout: 5s}
                          pager: {format: pagerduty, routing_key: pager}
                        notify:
                          chat: {format: slack, url_secret: ops}
                          mail: {email: {server: smtp.test, user: me, password: smtp, from: a@b.test, to: [c@d.test]}}
                        hooks: {deploy: {secret: ops}, push: {scheme: github, secret: ops}}
                        """).config().rules();
        assertThat(rules.user()).hasValue("nobody");
        assertThat(rules.commands()).isEqualTo(8);
        assertThat(rules.webhooks())
                .containsEntry(
                        "tickets",
                        new WebhookConfig(
                                Optional.of(URI.create("https://t.test/in")),
                                Optional.empty(),
                                WebhookConfig.Format.CLOUDEVENTS,
                                Optional.of("ops"),
                                Optional.of("pager"),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                Duration.ofSeconds(5)));
        assertThat(rules.webhooks())
                .hasEntrySatisfying(
                        "pager",
                        pager -> assertThat(pager.url())
                                .hasValue(URI.create("https://events.pagerduty.com/v2/enqueue")));
        assertThat(rules.channels())
                .containsEntry(
                        "mail",
                        new EmailConfig(
                                "smtp.test",
                                587,
                                EmailConfig.Tls.STARTTLS,
                                Optional.of("me"),
                                Optional.of("smtp"),
                                "a@b.test",
                                List.of("c@d.test"),
                                Duration.ofSeconds(30)));
        assertThat(rules.hooks())
                .isEqualTo(Map.of(
                        "deploy", new HookConfig(HookConfig.Scheme.STANDARD, "ops"),
                        "push", new HookConfig(HookConfig.Scheme.GITHUB, "ops")));
        assertThat(rules.secrets())
                .isEqualTo(Map.of(
                        "ops", new SecretConfig.InFile(Path.of("/a/b")),
                        "pager", new SecretConfig.InEnvironment("PAGER"),
                        "smtp", new SecretConfig.InCredential("smtp")));
    }

    @Test
    void a_secret_that_is_not_there_is_told_where_it_is_named_with_the_nearest_name() {
        assertThat(fixture.problem(SECRETS + "webhooks:\n  t: {url: \"https://t.test\", secret: opps}\n"))
                .isEqualTo("3:38 webhooks.t.secret: there is no secret \"opps\" in secrets; did you mean \"ops\"?");
        assertThat(fixture.problem("hooks: {deploy: {secret: deploy}}\n"))
                .contains("hooks.deploy.secret: there is no secret \"deploy\"")
                .contains("add secrets: {deploy: {file: /etc/keepwatch/deploy}}");
    }

    @Test
    void a_secret_itself_is_refused_and_not_repeated_in_the_message() {
        List<String> problems =
                fixture.problems("""
                        secrets: {ops: {value: hunter22}}
                        hooks: {deploy: {secret: whsec_HUNTER22}}
                        webhooks: {chat: {format: slack, url: "https://hooks.slack.com/services/HUNTER22"}}
                        """).stream().map(ConfigProblem::problem).toList();
        assertThat(problems)
                .anyMatch(text -> text.contains("secrets do not stand in this file"))
                .anyMatch(text -> text.contains("this is not the name of a secret"))
                .anyMatch(text -> text.contains("so it is a secret"))
                .noneMatch(text -> text.toLowerCase(java.util.Locale.ROOT).contains("hunter22"));
    }

    @Test
    void all_mistakes_are_told_at_once() {
        assertThat(fixture.problems(SECRETS + """
                        webhooks:
                          no address: {}
                          both: {url: "https://t.test", url_secret: ops}
                          ftp: {url: "ftp://t.test"}
                          topic: {url: "https://t.test", topic: x}
                          phone: {format: ntfy, url: "https://ntfy.sh"}
                          typo: {url: "https://t.test", formatt: json}
                        notify:
                          mixed: {email: {server: s.test, from: a@b.test, to: c@d.test}, url: "https://t.test"}
                          half: {email: {server: s.test, user: me, from: "a@b.test\\nBcc: x", to: []}}
                          open: {email: {server: s.test, tls: none, user: me, password: smtp, from: a@b.test, to: c@d.test}}
                        """).stream()
                        .map(problem -> problem.keyPath() + ": " + problem.problem())
                        .toList())
                .containsExactlyInAnyOrder(
                        "webhooks.no address: \"no address\" is not a name",
                        "webhooks.no address: there is no address",
                        "webhooks.both.url_secret: there is a url and a url_secret",
                        "webhooks.ftp.url: this is not an address that begins with https:// or http://",
                        "webhooks.topic.topic: the key has no use without format: ntfy",
                        "webhooks.phone: format: ntfy needs topic",
                        "webhooks.typo.formatt: the key \"formatt\" is not known",
                        "notify.mixed.url: \"url\" has no use beside email",
                        "notify.half.email.user: user and password belong together",
                        "notify.half.email.from: \"a@b.test\nBcc: x\" is not a mail address: it must be a name, @ and a host,"
                                + " without spaces and brackets",
                        "notify.half.email.to: there is nobody to write to",
                        "notify.open.email.tls: the password would travel unencrypted");
    }

    @Test
    void a_secret_has_one_place() {
        assertThat(fixture.problem("secrets: {a: {file: /a/b, env: A}}\n")).contains("cannot stand together");
        assertThat(fixture.problem("secrets: {a: {}}\n")).contains("one of these keys is missing");
    }
}
