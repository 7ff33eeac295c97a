package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The paths of {@code file.changed} events, as patterns see them. */
final class FilePaths {
    private FilePaths() {}

    /** The same event with the paths that match; empty when none does. */
    static Optional<RuleEvent> matching(List<PathPattern> patterns, RuleEvent event) {
        return keep(event, path -> PathPattern.anyMatches(patterns, path));
    }

    /** The same event with some of its paths; empty when none is left. */
    static Optional<RuleEvent> keep(RuleEvent event, Predicate<String> wanted) {
        List<String> kept = paths(event);
        kept.removeIf(path -> !wanted.test(path));
        return kept.isEmpty() ? Optional.empty() : Optional.of(with(event, kept));
    }

    /** The later event, with the paths of both; any other event as it is. */
    static RuleEvent joined(RuleEvent before, RuleEvent after) {
        if (!after.data().containsKey("paths")) {
            return after;
        }
        Set<String> paths = new LinkedHashSet<>(paths(before));
        paths.addAll(paths(after));
        return with(after, List.copyOf(paths));
    }

    private static List<String> paths(RuleEvent event) {
        List<String> paths = new ArrayList<>();
        if (event.data().get("paths") instanceof List<?> list) {
            list.forEach(path -> paths.add(String.valueOf(path)));
        }
        return paths;
    }

    private static RuleEvent with(RuleEvent event, List<String> paths) {
        Map<String, Object> data = new LinkedHashMap<>(event.data());
        data.put("paths", List.copyOf(paths));
        data.put("count", (long) paths.size());
        return event.with(data);
    }
}
