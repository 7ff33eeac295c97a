package io.keepwatch.probe;

import java.time.Duration;
import java.util.List;

/**
 * What a probe is, for the configuration, the reference page and the commands.
 *
 * @param name used in configuration, metrics and documentation, for example {@code ksm.saving}
 * @param every how often it is read when the configuration does not say
 * @param summary one sentence
 * @param needs what the host must have for it to read anything
 * @param needsTwo whether some readings are rates, which appear only from the second read on
 */
public record ProbeInfo(
        String name, Duration every, String summary, String needs, boolean needsTwo, List<ReadingKind> readings) {
    /** How long a read may take before it counts as failed. */
    public static final Duration TIME_OUT = Duration.ofSeconds(30);

    public ProbeInfo {
        readings = List.copyOf(readings);
    }
}
