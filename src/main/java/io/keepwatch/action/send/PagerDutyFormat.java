package io.keepwatch.action.send;

import io.keepwatch.action.wire.JsonText;
import io.keepwatch.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An alert of PagerDuty's Events API v2: a run triggers it, and the run at the end of the state resolves it, as both have
 * the same deduplication key. The routing key is added when it is sent. Source: developer.pagerduty.com, "Send an Alert
 * Event": a summary has at most 1,024 characters, a deduplication key 255.
 */
final class PagerDutyFormat implements Format {
    private static final int MAX_SUMMARY = 1_024;
    private static final int MAX_KEY = 255;

    private final String routingKey;

    PagerDutyFormat(String routingKey) {
        this.routingKey = routingKey;
    }

    @Override
    public String body(Message message) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("summary", Format.cut(message.title().orElseGet(message::text), MAX_SUMMARY));
        payload.put("source", message.host());
        payload.put("severity", message.severity());
        payload.put("timestamp", message.run().event().time());
        payload.put("component", message.run().event().subject());
        payload.put("class", message.run().event().type());
        payload.put("custom_details", message.with());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event_action", message.run().resolve() ? "resolve" : "trigger");
        body.put("dedup_key", key(message.run().rule() + "/" + message.run().key()));
        body.put("client", "Keepwatch");
        body.put("payload", payload);
        message.link().ifPresent(link -> body.put("links", List.of(Map.of("href", link, "text", "Details"))));
        return JsonText.of(body);
    }

    @Override
    public byte[] sealed(String body) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("routing_key", routingKey);
        whole.putAll(JsonText.map(body));
        return JsonText.of(whole).getBytes(StandardCharsets.UTF_8);
    }

    // Two long keys must not become one by being cut.
    private static String key(String whole) {
        return whole.length() <= MAX_KEY
                ? whole
                : whole.substring(0, 150) + "-"
                        + Sha256.hash(whole.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
