package io.keepwatch.history;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What a host did over one step of time; a value is empty where it was not read. Disks and network are sums over all
 * disks and interfaces but virtual ones, whose bytes go through others too; busy is that of the busiest disk.
 */
public record SarRow(
        Instant at,
        OptionalDouble cpuUserRatio,
        OptionalDouble cpuSystemRatio,
        OptionalDouble cpuIowaitRatio,
        OptionalDouble cpuIdleRatio,
        OptionalDouble loadOneMinute,
        OptionalDouble memoryAvailableBytes,
        OptionalDouble memoryUsedRatio,
        OptionalDouble swapUsedRatio,
        OptionalDouble swapInBytesPerSecond,
        OptionalDouble swapOutBytesPerSecond,
        OptionalDouble diskReadBytesPerSecond,
        OptionalDouble diskWrittenBytesPerSecond,
        OptionalDouble diskBusyRatio,
        OptionalDouble networkReceivedBytesPerSecond,
        OptionalDouble networkSentBytesPerSecond) {}
