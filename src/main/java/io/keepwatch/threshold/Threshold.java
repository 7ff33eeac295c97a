package io.keepwatch.threshold;

import java.time.Duration;

/**
 * When a reading is worth an event.
 *
 * @param topic the probe that reads it, which is also the kind of event
 * @param name unique within the topic
 * @param reading which of its readings
 * @param hold how long a worse value must stay before it is told
 * @param onlyAfterGood whether a subject that was never good is left alone, such as an interface without a cable
 */
public record Threshold(
        String topic, String name, String reading, Condition condition, Duration hold, boolean onlyAfterGood) {
    static Threshold of(String topic, String name, String reading, Condition condition) {
        return new Threshold(topic, name, reading, condition, Duration.ZERO, false);
    }

    Threshold heldFor(Duration duration) {
        return new Threshold(topic, name, reading, condition, duration, onlyAfterGood);
    }

    Threshold onceGood() {
        return new Threshold(topic, name, reading, condition, hold, true);
    }
}
