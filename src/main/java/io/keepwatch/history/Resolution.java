package io.keepwatch.history;

import java.time.Duration;

/** How finely values are kept, for how long, and how much of a time line lies in one chunk. From fine to coarse. */
enum Resolution {
    RAW("raw", Duration.ZERO, Duration.ofHours(1), Duration.ofHours(48)),
    MINUTE("minute", Duration.ofMinutes(1), Duration.ofHours(6), Duration.ofDays(14)),
    QUARTER("quarter", Duration.ofMinutes(15), Duration.ofDays(4), Duration.ofDays(100)),
    DAY("day", Duration.ofDays(1), Duration.ofDays(512), Duration.ofDays(730));

    private final String table;
    private final long stepSeconds;
    private final long blockSeconds;
    private final long keptSeconds;

    Resolution(String table, Duration step, Duration block, Duration kept) {
        this.table = table;
        this.stepSeconds = step.toSeconds();
        this.blockSeconds = block.toSeconds();
        this.keptSeconds = kept.toSeconds();
    }

    String table() {
        return table;
    }

    /** The time that one value stands for; 0 for values as they were read. */
    long stepSeconds() {
        return stepSeconds;
    }

    long keptSeconds() {
        return keptSeconds;
    }

    /** The number of the chunk that holds a time, in seconds since 1970. */
    long block(long second) {
        return Math.floorDiv(second, blockSeconds);
    }

    long blockStart(long block) {
        return block * blockSeconds;
    }
}
