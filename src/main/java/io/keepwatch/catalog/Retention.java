package io.keepwatch.catalog;

import java.time.Duration;

/**
 * How long the past versions of a file are kept. All of them for a time; of older ones the newest in each of the last so
 * many hours, days, weeks (from Monday), months and years in which there is one.
 *
 * @param keepAll counted from when a version was superseded by the next one, or by a deletion
 */
public record Retention(Duration keepAll, int hourly, int daily, int weekly, int monthly, int yearly) {
    public Retention {
        if (keepAll.isNegative() || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
            throw new IllegalArgumentException("a retention keeps for a time and in numbers from 0 up, but this says "
                    + keepAll + ", " + hourly + " hourly, " + daily + " daily, " + weekly + " weekly, " + monthly
                    + " monthly, " + yearly + " yearly");
        }
    }
}
