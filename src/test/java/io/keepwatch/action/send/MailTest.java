package io.keepwatch.action.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.EmailConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailTest {
    private static final Message MESSAGE = SendFixture.message(
            "{title: \"Disk\\r\\nBcc: all@example.test\", text: \"Größe: ${event.subject}\\n.\\nend\"}");

    private final SendFixture fixture = new SendFixture();

    @AfterEach
    void end() throws Exception {
        fixture.end();
    }

    private static EmailConfig mail(int port, EmailConfig.Tls tls, Optional<String> password) {
        return new EmailConfig(
                "127.0.0.1",
                port,
                tls,
                password.map(name -> "me"),
                password,
                "keepwatch@example.test",
                List.of("a@example.test", "b@example.test"),
                Duration.ofSeconds(10));
    }

    private Receipt send(EmailConfig mail) throws Exception {
        fixture.start(Map.of(), Map.of("mail", mail));
        return fixture.send("notify.mail", MESSAGE, false);
    }

    @Test
    void a_mail_arrives_with_text_and_a_message_id_and_no_header_can_be_slipped_in() throws Exception {
        try (TestSmtp smtp = TestSmtp.start(false)) {
            assertThat(send(mail(smtp.port(), EmailConfig.Tls.NONE, Optional.empty())))
                    .isEqualTo(new Receipt(true, true, 0, ""));
            String mail = smtp.mails().get(0);
            String head = mail.substring(0, mail.indexOf("\n\n"));
            assertThat(head.lines().filter(line -> line.startsWith("Message-ID:")))
                    .hasSize(1);
            assertThat(head)
                    .containsPattern("Message-ID: <[0-9a-f]{40}@example.test>")
                    .contains("From: keepwatch@example.test")
                    .contains("Subject: [warning] Disk Bcc: all@example.test")
                    .contains("Auto-Submitted: auto-generated")
                    .doesNotContainPattern("(?m)^Bcc:");
            assertThat(smtp.commands())
                    .contains("RCPT TO:<a@example.test>", "RCPT TO:<b@example.test>")
                    .noneMatch(line -> line.contains("all@"));
            assertThat(mail).contains("Gr=C3=B6=C3=9Fe: /var\n..\nend").contains("Rule full on web-1");
        }
    }

    @Test
    void a_server_that_is_down_gets_the_same_mail_later() throws Exception {
        TestSmtp gone = TestSmtp.start(false);
        gone.close();
        Receipt receipt = send(mail(gone.port(), EmailConfig.Tls.NONE, Optional.empty()));
        assertThat(receipt.accepted()).isTrue();
        assertThat(receipt.delivered()).isFalse();
        try (TestSmtp smtp = TestSmtp.start(false)) {
            smtp.thenToRcpt("451 later");
            fixture.start(Map.of(), Map.of("mail", mail(smtp.port(), EmailConfig.Tls.NONE, Optional.empty())));
            assertThat(fixture.tickAfter(Duration.ofSeconds(5))).isEqualTo(1);
            assertThat(fixture.outbox.owed())
                    .singleElement()
                    .satisfies(owed -> assertThat(owed.problem()).contains("451"));
            assertThat(fixture.tickAfter(Duration.ofSeconds(10))).isEqualTo(1);
            assertThat(smtp.mails()).hasSize(1);
            assertThat(fixture.outbox.ended()).containsKey("run-1/tell");
        }
    }

    @Test
    void a_mailbox_that_does_not_exist_is_a_failure() throws Exception {
        try (TestSmtp smtp = TestSmtp.start(false)) {
            smtp.thenToRcpt("550 no such user");
            Receipt receipt = send(mail(smtp.port(), EmailConfig.Tls.NONE, Optional.empty()));
            assertThat(receipt.accepted()).isFalse();
            assertThat(receipt.status()).isEqualTo(550);
            assertThat(receipt.problem()).contains("no such user");
        }
    }

    @Test
    void the_password_comes_from_the_secrets() throws Exception {
        try (TestSmtp smtp = TestSmtp.start(true)) {
            assertThat(send(mail(smtp.port(), EmailConfig.Tls.NONE, Optional.of("smtp")))
                            .delivered())
                    .isTrue();
            String plain = Base64.getEncoder().encodeToString("\0me\0p4ssword".getBytes(StandardCharsets.UTF_8));
            assertThat(smtp.commands()).anyMatch(line -> line.equals("AUTH PLAIN " + plain));
        }
    }

    @Test
    void nothing_is_sent_to_a_server_without_starttls_where_it_is_asked_for() throws IOException, Exception {
        try (TestSmtp smtp = TestSmtp.start(true)) {
            Receipt receipt = send(mail(smtp.port(), EmailConfig.Tls.STARTTLS, Optional.of("smtp")));
            assertThat(receipt.delivered()).isFalse();
            assertThat(smtp.commands()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }
}
