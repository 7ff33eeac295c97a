package io.keepwatch.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the versions of one path, told of one after the other from the current one back.
 *
 * <p>The current version and every deletion are kept: an old journal could otherwise bring a deleted file back. While a path
 * exists, a period counts only if there is a version in it, so the last versions of a file that changes rarely stay however
 * old they are. Once it is deleted, the periods since then count as well: what is left of it goes when the longest rule has
 * run out.
 */
final class RetentionPlan {
    private static final int SECONDS_AN_HOUR = 3600;
    private static final int DAYS_A_WEEK = 7;
    /** From the Monday before 1970, a Thursday. */
    private static final int DAYS_BEFORE_1970 = 3;

    private final Duration keepAll;
    private final Instant now;
    private final List<Periods> rules;
    private @Nullable Instant newer;

    RetentionPlan(Retention retention, Instant now, ZoneId zone) {
        this.keepAll = retention.keepAll();
        this.now = now;
        this.rules = List.of(
                new Periods(retention.hourly(), zone, RetentionPlan::hour),
                new Periods(retention.daily(), zone, time -> time.toLocalDate().toEpochDay()),
                new Periods(retention.weekly(), zone, RetentionPlan::week),
                new Periods(retention.monthly(), zone, time -> time.getYear() * 12L + time.getMonthValue()),
                new Periods(retention.yearly(), zone, ZonedDateTime::getYear));
    }

    /** By the instant: in autumn two hours have the same name. */
    private static long hour(ZonedDateTime time) {
        return Math.floorDiv(time.truncatedTo(ChronoUnit.HOURS).toEpochSecond(), SECONDS_AN_HOUR);
    }

    private static long week(ZonedDateTime time) {
        return Math.floorDiv(time.toLocalDate().toEpochDay() + DAYS_BEFORE_1970, DAYS_A_WEEK);
    }

    boolean keeps(Instant observed, boolean deletion) {
        Instant next = newer;
        newer = observed;
        if (deletion) {
            if (next == null) {
                rules.forEach(rule -> rule.useUp(observed, now));
            }
            return true;
        }
        boolean kept = next == null || isRecent(next, observed);
        for (Periods rule : rules) {
            kept |= rule.take(observed);
        }
        return kept;
    }

    /** A clock that was set back can make the next version seem older than this one. */
    private boolean isRecent(Instant next, Instant observed) {
        Instant superseded = next.isBefore(observed) ? observed : next;
        return Duration.between(superseded, now).compareTo(keepAll) < 0;
    }

    /** The periods of one length that are left to keep a version of. */
    private static final class Periods {
        private final ZoneId zone;
        private final ToLongFunction<ZonedDateTime> number;
        private long left;
        private @Nullable Long last;

        Periods(int count, ZoneId zone, ToLongFunction<ZonedDateTime> number) {
            this.left = count;
            this.zone = zone;
            this.number = number;
        }

        private long of(Instant time) {
            return number.applyAsLong(time.atZone(zone));
        }

        void useUp(Instant from, Instant to) {
            left = Math.max(0, left - Math.max(0, of(to) - of(from)));
        }

        /** Whether this is the first, and so the newest, version that is told of in a period that counts. */
        boolean take(Instant observed) {
            if (left == 0) {
                return false;
            }
            long period = of(observed);
            if (last != null && last == period) {
                return false;
            }
            last = period;
            left--;
            return true;
        }
    }
}
