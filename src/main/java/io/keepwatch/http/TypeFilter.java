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

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
