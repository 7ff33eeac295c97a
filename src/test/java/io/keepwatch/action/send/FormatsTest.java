package io.keepwatch.action.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.action.StepTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatsTest {
    private static final Message DISK = SendFixture.message(
            "{title: \"Disk & <more>\", text: \"${event.data.device} @everyone\", severity: critical, link: \"https://x.test/?a=1&b=2\"}");
    private static final Message OVER = SendFixture.message("{text: fine}", true);

    private static JsonNode json(Format format, Message message) throws IOException {
        return new ObjectMapper().readTree(format.body(message));
    }

    private static Message longText(int letters) {
        return new Message("i", "web-1", DISK.run(), "tell", Map.of("text", "😀".repeat(letters / 2)), StepTasks.NOW);
    }

    @Test
    void json_holds_the_values_alone() throws IOException {
        assertThat(json(new JsonFormat(), SendFixture.message("{a: 1, b: [true, \"${event.data.used_percent}\"]}")))
                .isEqualTo(new ObjectMapper().readTree("{\"a\": 1, \"b\": [true, 92.5]}"));
    }

    @Test
    void slack_gets_text_in_which_nothing_is_markup() throws IOException {
        assertThat(json(new SlackFormat(), DISK).get("text").asText())
                .isEqualTo("*Disk &amp; &lt;more&gt;*\n&lt;sda&gt; &amp; co @everyone\nhttps://x.test/?a=1&amp;b=2");
        assertThat(json(new SlackFormat(), longText(100_000)).get("text").asText())
                .hasSizeLessThan(40_000);
    }

    @Test
    void discord_mentions_nobody_and_has_2000_characters_at_most() throws IOException {
        JsonNode body = json(new DiscordFormat(), DISK);
        assertThat(body.get("content").asText())
                .isEqualTo("Disk & <more>\n<sda> & co @everyone\nhttps://x.test/?a=1&b=2");
        assertThat(body.at("/allowed_mentions/parse").isEmpty()).isTrue();
        assertThat(body.at("/allowed_mentions/parse").isArray()).isTrue();
        String cut = json(new DiscordFormat(), longText(5_000)).get("content").asText();
        assertThat(cut).hasSizeBetween(1_998, 2_000).endsWith("😀…");
    }

    @Test
    void ntfy_gets_its_topic_and_a_priority() throws IOException {
        JsonNode body = json(new NtfyFormat("t"), DISK);
        assertThat(body.get("topic").asText()).isEqualTo("t");
        assertThat(body.get("title").asText()).isEqualTo("Disk & <more>");
        assertThat(body.get("message").asText()).isEqualTo("<sda> & co @everyone");
        assertThat(body.get("priority").asInt()).isEqualTo(5);
        assertThat(body.get("tags").get(0).asText()).isEqualTo("rotating_light");
        assertThat(body.get("click").asText()).isEqualTo("https://x.test/?a=1&b=2");
        JsonNode over = json(new NtfyFormat("t"), OVER);
        assertThat(over.get("title").asText()).isEqualTo("web-1: full is over");
        assertThat(over.get("priority").asInt()).isEqualTo(3);
        assertThat(json(new NtfyFormat("t"), longText(9_000))
                        .get("message")
                        .asText()
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(4_096);
    }

    @Test
    void pagerduty_is_triggered_and_resolved_by_the_same_key_and_its_secret_is_added_last() throws IOException {
        PagerDutyFormat format = new PagerDutyFormat("r0uting-key");
        JsonNode body = json(format, DISK);
        assertThat(body.get("event_action").asText()).isEqualTo("trigger");
        assertThat(body.get("dedup_key").asText()).isEqualTo("full//var");
        assertThat(body.at("/payload/summary").asText()).isEqualTo("Disk & <more>");
        assertThat(body.at("/payload/source").asText()).isEqualTo("web-1");
        assertThat(body.at("/payload/severity").asText()).isEqualTo("critical");
        assertThat(body.at("/links/0/href").asText()).isEqualTo("https://x.test/?a=1&b=2");
        assertThat(body.has("routing_key")).isFalse();
        JsonNode sent = new ObjectMapper().readTree(format.sealed(format.body(OVER)));
        assertThat(sent.get("routing_key").asText()).isEqualTo("r0uting-key");
        assertThat(sent.get("event_action").asText()).isEqualTo("resolve");
        assertThat(sent.get("dedup_key").asText()).isEqualTo("full//var");
        assertThat(json(format, longText(5_000)).at("/payload/summary").asText())
                .hasSizeLessThanOrEqualTo(1_024);
    }

    @Test
    void a_message_without_text_shows_its_values() {
        assertThat(SendFixture.message("{used: \"${event.data.used_percent}\", of: [a, b]}")
                        .text())
                .isEqualTo("used: 92.5\nof: a, b");
        assertThat(SendFixture.message("{}").text()).isEqualTo("disk.usage /var");
    }
}
