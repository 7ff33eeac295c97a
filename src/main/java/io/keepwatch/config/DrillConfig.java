package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How often a random sample of files is read back from the bucket and compared, and how many of them. */
public record DrillConfig(Duration every, int files) {
    static final Key<Duration> EVERY =
            Key.of("every", Values.duration("7d", Duration.ofHours(1)), "7d", "The time between two drills.");
    static final Key<Integer> FILES =
            Key.of("files", Values.integer(1, 10_000), "20", "How many files are read in a drill.");
    static final ValueType<Optional<DrillConfig>> TYPE = Section.of(
                    List.of(EVERY, FILES),
                    map -> Optional.of(Optional.of(new DrillConfig(map.get(EVERY), map.get(FILES)))))
            .orWord("off", Optional.empty());
}
