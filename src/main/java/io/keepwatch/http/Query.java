package io.keepwatch.http;

import io.keepwatch.unit.DurationText;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The parameters of a request; a wrong one ends it with a problem that names it. */
final class Query {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1000;

    private final RoutingContext context;

    Query(RoutingContext context) {
        this.context = context;
    }

    Optional<String> text(String name) {
        List<String> values = context.queryParam(name);
        if (values.size() > 1) {
            throw RefusedException.badRequest(name + " stands twice in the address: leave one");
        }
        return values.stream().findFirst();
    }

    String required(String name) {
        return text(name).orElseThrow(() -> RefusedException.badRequest(name + " is missing in the address"));
    }

    boolean flag(String name) {
        return text(name)
                .filter(value -> value.isEmpty() || value.equals("true"))
                .isPresent();
    }

    Optional<Long> number(String name, long min, long max) {
        return text(name).map(value -> {
            String otherwise = name + " is \"" + value + "\", but must be a whole number from " + min + " to " + max;
            long number = RefusedException.unlessMisread(() -> Long.parseLong(value), otherwise);
            if (number < min || number > max) {
                throw RefusedException.badRequest(otherwise);
            }
            return number;
        });
    }

    Optional<Instant> time(String name) {
        return text(name)
                .map(value -> RefusedException.unlessMisread(
                        () -> Instant.parse(value),
                        name + " is \"" + value + "\", but must be a time such as 2026-11-25T12:00:00Z"));
    }

    TimeRange range() {
        TimeRange range = new TimeRange(time("from"), time("to"));
        if (range.from().isPresent()
                && range.to().isPresent()
                && !range.from().get().isBefore(range.to().get())) {
            throw RefusedException.badRequest("from is not before to");
        }
        return range;
    }

    /** Whole seconds, at least one. */
    Optional<Long> step() {
        return text("step")
                .map(value -> RefusedException.unlessMisread(
                        () -> Math.max(1, duration(value).toSeconds()),
                        "step is \"" + value + "\", but must be seconds or such as 5m"));
    }

    private static Duration duration(String text) {
        return text.matches("\\d{1,10}") ? Duration.ofSeconds(Long.parseLong(text)) : DurationText.parse(text);
    }

    PageRequest page() {
        int limit = number("limit", 1, MOST).map(Long::intValue).orElse(DEFAULT_LIMIT);
        return new PageRequest(limit, text("cursor"));
    }
}
