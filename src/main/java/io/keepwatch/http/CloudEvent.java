package io.keepwatch.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event as it is told outside the process: a CloudEvent 1.0 in structured JSON.
 *
 * @param id together with the source unlike that of any other event
 * @param dataschema the URI of the schema of the data; empty where the type is not one of the program
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
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> dataschema,
        Map<String, Object> data) {
    public CloudEvent {
        data = Map.copyOf(data);
    }

    public static CloudEvent of(
            String id, String source, String type, String subject, Instant time, Map<String, Object> data) {
        return new CloudEvent("1.0", id, source, type, subject, time, "application/json", Optional.empty(), data);
    }

    /** The same, whose data has this schema. */
    public CloudEvent with(Optional<String> schema) {
        return new CloudEvent(specversion, id, source, type, subject, time, datacontenttype, schema, data);
    }
}
