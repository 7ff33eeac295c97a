package io.keepwatch.http;

import java.time.Instant;
import java.util.Optional;

/** From a time on, to before another; either end may be open. */
public record TimeRange(Optional<Instant> from, Optional<Instant> to) {
    public boolean holds(Instant time) {
        return from.filter(time::isBefore).isEmpty()
                && to.filter(end -> !time.isBefore(end)).isEmpty();
    }
}
