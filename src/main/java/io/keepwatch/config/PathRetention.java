package io.keepwatch.config;

import io.keepwatch.config.RetentionConfig.Rule;
import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Files with a retention of their own: those that the patterns of gitignore match. */
public record PathRetention(List<String> match, Rule rule) {
    private static final String AS_ABOVE = "as for all files";

    static final Key<List<String>> MATCH = Key.required(
            "match",
            Values.oneOrMore(FilePattern.type("\"*.log\"")),
            "Patterns in the syntax of `.gitignore`, from the root of the watched folder.");
    static final Key<Duration> KEEP_ALL = Key.optional(
            "keep_all",
            Values.duration("1h", Duration.ZERO),
            AS_ABOVE,
            "How long every version is kept after it was replaced or deleted.");
    static final Key<Integer> HOURLY = count("hourly", "hours");
    static final Key<Integer> DAILY = count("daily", "days");
    static final Key<Integer> WEEKLY = count("weekly", "weeks");
    static final Key<Integer> MONTHLY = count("monthly", "months");
    static final Key<Integer> YEARLY = count("yearly", "years");
    static final Section<Given> SECTION = Section.of(
            List.of(MATCH, KEEP_ALL, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY),
            map -> map.find(MATCH)
                    .map(match -> new Given(
                            match,
                            map.find(KEEP_ALL),
                            List.of(
                                    map.find(HOURLY),
                                    map.find(DAILY),
                                    map.find(WEEKLY),
                                    map.find(MONTHLY),
                                    map.find(YEARLY)))));

    public PathRetention {
        match = List.copyOf(match);
    }

    /** As it stands in the file; the counts are from hourly to yearly. */
    record Given(List<String> match, Optional<Duration> keepAll, List<Optional<Integer>> counts) {
        PathRetention over(Rule standard) {
            return new PathRetention(
                    match,
                    new Rule(
                            keepAll.orElse(standard.keepAll()),
                            counts.get(0).orElse(standard.hourly()),
                            counts.get(1).orElse(standard.daily()),
                            counts.get(2).orElse(standard.weekly()),
                            counts.get(3).orElse(standard.monthly()),
                            counts.get(4).orElse(standard.yearly())));
        }
    }

    private static Key<Integer> count(String name, String periods) {
        return Key.optional(
                name, RetentionConfig.count(), AS_ABOVE, "The newest in each of the last so many " + periods + ".");
    }
}
