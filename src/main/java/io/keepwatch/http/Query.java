package io.keepwatch.http;

import io.keepwatch.unit.DurationText;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
            try {
                long number = Long.parseLong(value);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw outside(name, value, min, max);
            }
            throw outside(name, value, min, max);
        });
    }

    private static RefusedException outside(String name, String value, long min, long max) {
        return RefusedException.badRequest(
                name + " is \"" + value + "\", but must be a whole number from " + min + " to " + max);
    }

    Optional<Instant> time(String name) {
        return text(name).map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw RefusedException.badRequest(
                        name + " is \"" + value + "\", but must be a time such as 2026-11-25T12:00:00Z");
            }
        });
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
        return text("step").map(value -> {
            try {
                Duration step = value.matches("\\d{1,10}")
                        ? Duration.ofSeconds(Long.parseLong(value))
                        : DurationText.parse(value);
                return Math.max(1, step.toSeconds());
            } catch (IllegalArgumentException e) {
                throw RefusedException.badRequest("step is \"" + value + "\", but must be seconds or such as 5m");
            }
        });
    }

    PageRequest page() {
        int limit = number("limit", 1, MOST).map(Long::intValue).orElse(DEFAULT_LIMIT);
        return new PageRequest(limit, text("cursor"));
    }
}
