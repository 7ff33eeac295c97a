package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.unit.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a changed file counts as settled.
 *
 * @param quiet shorter than maxDelay
 */
public record SettleConfig(Duration quiet, Duration maxDelay) {
    static final Key<Duration> QUIET = Key.of(
            "quiet",
            Values.duration("1s", Duration.ofMillis(10)),
            "1s",
            "A file is read when it has not changed for this long.");
    static final Key<Duration> MAX_DELAY = Key.of(
            "max_delay",
            Values.duration("10s", Duration.ofMillis(10)),
            "10s",
            "A file that never becomes quiet is read this long after its first change.");
    static final Section<SettleConfig> SECTION = Section.of(List.of(QUIET, MAX_DELAY), SettleConfig::read);

    private static Optional<SettleConfig> read(YamlMap map) {
        SettleConfig settle = new SettleConfig(map.get(QUIET), map.get(MAX_DELAY));
        if (settle.quiet.compareTo(settle.maxDelay) >= 0) {
            map.error(
                    map.has(QUIET) ? QUIET : MAX_DELAY,
                    "quiet (" + DurationText.of(settle.quiet) + ") is not shorter than max_delay ("
                            + DurationText.of(settle.maxDelay) + ")",
                    "make quiet shorter, or max_delay longer");
        }
        return Optional.of(settle);
    }
}
