package io.keepwatch.source;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every {@link FileSource} of a process shares.
 *
 * @param scheduler looks after the roots; registering a large root holds one of its threads for seconds, so give it as
 *     many threads as there are roots, up to a few
 * @param checkEvery how often to look whether a root is there and still the same directory
 * @param retryDegradedEvery how often to try for a complete watch again after a limit was met
 * @param proc {@code /proc}, or a folder that stands in for it
 */
public record WatchSettings(
        ScheduledExecutorService scheduler,
        InstantSource clock,
        Duration checkEvery,
        Duration retryDegradedEvery,
        Path proc) {

    public static WatchSettings of(ScheduledExecutorService scheduler, InstantSource clock) {
        return new WatchSettings(scheduler, clock, Duration.ofSeconds(3), Duration.ofMinutes(10), Path.of("/proc"));
    }
}
