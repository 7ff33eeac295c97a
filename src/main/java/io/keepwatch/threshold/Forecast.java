package io.keepwatch.threshold;

import java.time.Duration;

/**
 * A share that will reach 1 soon if it goes on to grow as it did: the straight line through the values of the window. It is
 * over when the time left is twice as long.
 *
 * @param window how far back the line looks; told at the earliest after half of it
 * @param leastRise a smaller rise within the window counts as none, unless it is a hundredth of what is left
 */
public record Forecast(Duration warningWithin, Duration criticalWithin, Duration window, double leastRise)
        implements Condition {}
