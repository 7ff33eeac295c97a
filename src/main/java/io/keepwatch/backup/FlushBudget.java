package io.keepwatch.backup;

import java.time.Duration;

/** A limit on what flushes may cost. Any thread; blocks. */
public interface FlushBudget {
    /** No limit. */
    FlushBudget NONE = () -> Duration.ZERO;

    /** How long the flushes are apart at present, from the beginning of one to the next. */
    Duration pause();

    /** A pause is over and a flush was made. */
    default void flushed() {}
}
