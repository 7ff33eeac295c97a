package io.keepwatch.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Types of events as a request names them: {@code backup.*,store.unreachable}; without any, all. */
record TypeFilter(List<String> patterns) implements Predicate<String> {
    static TypeFilter of(Optional<String> text) {
        return new TypeFilter(text.stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList());
    }

    @Override
    public boolean test(String type) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, type));
    }

    /** Whether each type that this one lets through is one of the other. Without any pattern, this is not known. */
    boolean isWithin(TypeFilter other) {
        return !patterns.isEmpty()
                && patterns.stream()
                        .allMatch(pattern -> other.patterns.stream().anyMatch(wider -> matches(wider, pattern)));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
