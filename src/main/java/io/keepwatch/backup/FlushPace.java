package io.keepwatch.backup;

import io.keepwatch.catalog.Waiting;
import io.keepwatch.layout.FlushLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** When the next flush may begin: what is found together travels together, and a budget of requests lasts for its period. */
public final class FlushPace {
    /** However the budget stands: no change waits longer for a flush than this. */
    public static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration LONGEST_FOR_A_TREE = Duration.ofSeconds(10);
    private static final Duration LONGEST_FOR_PATHS = Duration.ofMillis(500);
    private static final BigDecimal NANOS_A_SECOND = BigDecimal.valueOf(1_000_000_000);

    private FlushPace() {}

    /** What is compared with the catalog at present, so that more changes may come. */
    public enum Comparing {
        NOTHING,
        PATHS,
        TREE
    }

    /**
     * Whether to flush now. What is urgent always goes, and takes the rest along.
     *
     * @param paused whether the budget says to wait
     */
    public static boolean isTime(Waiting waiting, FlushLimit limit, Comparing comparing, boolean paused, Instant now) {
        if (waiting.urgent()) {
            return true;
        }
        if (paused) {
            return false;
        }
        boolean full = waiting.rows() >= limit.versions() || waiting.bytes() >= limit.bytes();
        Duration age =
                waiting.oldest().map(oldest -> Duration.between(oldest, now)).orElse(Duration.ZERO);
        return full || age.compareTo(longestWait(comparing)) >= 0;
    }

    private static Duration longestWait(Comparing comparing) {
        return switch (comparing) {
            case NOTHING -> Duration.ofDays(-1);
            case PATHS -> LONGEST_FOR_PATHS;
            case TREE -> LONGEST_FOR_A_TREE;
        };
    }

    /**
     * The shortest pause between two flushes that spreads the rest of the budget evenly over the rest of its period, an hour at
     * most. All amounts are in one unit.
     *
     * @param perFlush what the last flush cost
     * @param left of the period
     */
    public static Duration pause(BigDecimal budget, BigDecimal used, BigDecimal perFlush, Duration left) {
        if (perFlush.signum() <= 0) {
            return Duration.ZERO;
        }
        BigDecimal rest = budget.subtract(used);
        if (rest.signum() <= 0) {
            return LONGEST_PAUSE;
        }
        BigDecimal seconds = BigDecimal.valueOf(left.toNanos())
                .divide(NANOS_A_SECOND)
                .multiply(perFlush)
                .divide(rest, 3, RoundingMode.UP);
        return seconds.compareTo(BigDecimal.valueOf(LONGEST_PAUSE.toSeconds())) >= 0
                ? LONGEST_PAUSE
                : Duration.ofMillis(seconds.movePointRight(3).longValueExact());
    }
}
