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
import java.util.regex.Pattern;

/** The paths of {@code file.changed} events, as patterns see them. */
public final class FilePaths {
    private FilePaths() {}

    /** The same event with the paths that match; empty when none does. */
    static Optional<RuleEvent> matching(List<String> patterns, RuleEvent event) {
        return keep(event, path -> patterns.stream().anyMatch(pattern -> matches(pattern, path)));
    }

    /** The same event with some of its paths; empty when none is left. */
    static Optional<RuleEvent> keep(RuleEvent event, Predicate<String> wanted) {
        List<String> paths = paths(event).stream().filter(wanted).toList();
        return paths.isEmpty() ? Optional.empty() : Optional.of(with(event, paths));
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

    /** Whether a path matches a pattern in which {@code *} and {@code ?} stay within a name and {@code **} does not. */
    public static boolean matches(String pattern, String path) {
        return regex(pattern).matcher(path).matches();
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**", i)) {
                boolean directories = pattern.startsWith("**/", i);
                regex.append(directories ? "(?:.*/)?" : ".*");
                i += directories ? 2 : 1;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
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
        data.put("paths", paths);
        data.put("count", (long) paths.size());
        return new RuleEvent(
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                data,
                event.correlation(),
                event.causation(),
                event.hops());
    }
}
