package io.keepwatch.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Measures when a step asks for it. Any thread; returns at once. */
public interface Measurements {
    /** Fails with an IOException that says why where there is no such subject, or it cannot be measured. */
    CompletionStage<Answer> measure(String type, String subject);

    /**
     * What was measured.
     *
     * @param data with the fields of the event type
     */
    record Answer(String subject, Map<String, Object> data) {
        public Answer {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }
    }
}
