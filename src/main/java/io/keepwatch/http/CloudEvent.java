package io.keepwatch.http;

import java.time.Instant;
import java.util.Map;

/**
 * An event as it is told outside the process: a CloudEvent 1.0 in structured JSON.
 *
 * @param id together with the source unlike that of any other event
 * @param data texts, numbers, truth values, lists and maps
 */
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        Map<String, Object> data) {
    public CloudEvent {
        data = Map.copyOf(data);
    }

    public static CloudEvent of(
            String id, String source, String type, String subject, Instant time, Map<String, Object> data) {
        return new CloudEvent("1.0", id, source, type, subject, time, "application/json", data);
    }
}
