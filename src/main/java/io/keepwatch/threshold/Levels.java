package io.keepwatch.threshold;

import java.util.Optional;

/**
 * A value at or beyond a level. Each level ends only at its own clear value, so that a value that hovers does not flap.
 *
 * @param side beyond which side of a level it is bad
 * @param critical empty where the matter is never worse than a warning
 * @param space narrows the levels for large file systems
 */
public record Levels(Side side, Optional<Level> warning, Optional<Level> critical, Optional<FreeSpaceLimit> space)
        implements Condition {
    /** Where the bad values are. */
    public enum Side {
        ABOVE,
        BELOW
    }

    /**
     * One level.
     *
     * @param at reached at this value and beyond
     * @param clear over at this value and on the good side of it
     */
    public record Level(double at, double clear) {}

    static Levels above(double warning, double warningClear, double critical, double criticalClear) {
        return new Levels(
                Side.ABOVE,
                Optional.of(new Level(warning, warningClear)),
                Optional.of(new Level(critical, criticalClear)),
                Optional.empty());
    }

    static Levels below(double warning, double warningClear, double critical, double criticalClear) {
        return new Levels(
                Side.BELOW,
                Optional.of(new Level(warning, warningClear)),
                Optional.of(new Level(critical, criticalClear)),
                Optional.empty());
    }

    /** For counts and flags: a warning from 1 on. */
    static Levels warningFromOne() {
        return new Levels(Side.ABOVE, Optional.of(new Level(1, 0)), Optional.empty(), Optional.empty());
    }

    /** For counts and flags that must be zero. */
    static Levels criticalFromOne() {
        return new Levels(Side.ABOVE, Optional.empty(), Optional.of(new Level(1, 0)), Optional.empty());
    }

    Levels withSpace(FreeSpaceLimit limit) {
        return new Levels(side, warning, critical, Optional.of(limit));
    }

    /** Whether a value is at the level now, given whether it was before. */
    boolean holds(Level level, double value, boolean before) {
        double bound = before ? level.clear : level.at;
        boolean beyond = side == Side.ABOVE ? value > bound : value < bound;
        // The level itself belongs to the bad side when it is reached, the clear value to the good side.
        return beyond || (!before && value == bound);
    }
}
