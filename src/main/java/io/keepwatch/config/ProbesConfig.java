package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.Probes;
import io.keepwatch.unit.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which probes run, and how often.
 *
 * @param every by the name of the probe; one that is not in it is off
 */
public record ProbesConfig(Map<String, Duration> every) {
    private static final Duration LEAST = Duration.ofSeconds(1);

    static final List<Key<Optional<Duration>>> KEYS =
            Probes.ofThisHost().stream().map(Probe::info).map(ProbesConfig::key).toList();
    static final ValueType<ProbesConfig> TYPE =
            Section.of(List.<Key<?>>copyOf(KEYS), ProbesConfig::read).orWord("off", new ProbesConfig(Map.of()));

    public ProbesConfig {
        every = Map.copyOf(every);
    }

    private static Key<Optional<Duration>> key(ProbeInfo info) {
        return Key.of(
                info.name(),
                Values.parsed("a duration or off", "30s", ProbesConfig::interval),
                DurationText.of(info.every()).replace(" ", ""),
                info.summary());
    }

    private static Optional<Duration> interval(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        Duration every = DurationText.parse(text);
        if (every.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    text + " is less than " + DurationText.of(LEAST) + ", the least that is allowed");
        }
        return Optional.of(every);
    }

    private static Optional<ProbesConfig> read(YamlMap map) {
        Map<String, Duration> every = new LinkedHashMap<>();
        KEYS.forEach(key -> map.get(key).ifPresent(interval -> every.put(key.name(), interval)));
        return Optional.of(new ProbesConfig(every));
    }
}
