package io.keepwatch.store;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's time without asking for it: the local clock, corrected by the {@code Date} of the last answer. That header
 * has whole seconds and travels for a while, so the time is up to a second and the way of an answer late, never early.
 * Thread-safe.
 */
final class ServerClock {
    private final Clock local;
    private volatile @Nullable Duration ahead;

    ServerClock(Clock local) {
        this.local = local;
    }

    /** An answer came just now; one without a date that can be read tells nothing. */
    void answered(Optional<String> date) {
        date.flatMap(ServerClock::parse).ifPresent(server -> ahead = Duration.between(local.instant(), server));
    }

    /** Empty before the first answer. */
    Optional<Instant> now() {
        return Optional.ofNullable(ahead).map(difference -> local.instant().plus(difference));
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
