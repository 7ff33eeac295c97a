package io.keepwatch.threshold;

import static io.keepwatch.event.Severity.CRITICAL;
import static io.keepwatch.event.Severity.WARNING;

import io.keepwatch.threshold.Levels.Level;
import io.keepwatch.threshold.Levels.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is worth an event when nobody says otherwise. Probes that are not named here have none. */
public final class DefaultThresholds {
    private static final double GIB = 1L << 30;
    private static final double MIB = 1L << 20;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTES_5 = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private DefaultThresholds() {}

    public static List<Threshold> all() {
        return Stream.of(space(), memory(), network(), raid(), smart(), sensors(), services(), lvm())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Threshold> space() {
        // At 100 GiB the two limits are the same, so a file system that grows past it sees no jump.
        FreeSpaceLimit large = new FreeSpaceLimit(
                "disk.size_bytes", "disk.available_bytes", 100 * GIB, 20 * GIB, 25 * GIB, 10 * GIB, 15 * GIB);
        Levels shares = Levels.above(0.80, 0.75, 0.90, 0.85);
        return List.of(
                Threshold.of("disk.usage", "space", "disk.used_ratio", shares.withSpace(large)),
                Threshold.of(
                        "disk.usage",
                        "forecast",
                        "disk.used_ratio",
                        new Forecast(Duration.ofHours(24), Duration.ofHours(4), Duration.ofHours(1), 0.005)),
                Threshold.of("disk.usage", "stuck", "disk.stuck", Levels.criticalFromOne())
                        .heldFor(MINUTE),
                Threshold.of("inode.usage", "inodes", "inode.used_ratio", shares));
    }

    private static List<Threshold> memory() {
        Levels rate = Levels.above(1 * MIB, 0.5 * MIB, 10 * MIB, 5 * MIB);
        return List.of(
                Threshold.of(
                                "memory.usage",
                                "available",
                                "memory.available_ratio",
                                Levels.below(0.10, 0.15, 0.05, 0.08))
                        .heldFor(MINUTE),
                Threshold.of(
                                "memory.usage",
                                "container",
                                "memory.container_used_ratio",
                                Levels.above(0.90, 0.85, 0.95, 0.92))
                        .heldFor(MINUTE),
                Threshold.of(
                                "memory.usage",
                                "pressure",
                                "memory.pressure_full_ratio",
                                Levels.above(0.10, 0.05, 0.30, 0.20))
                        .heldFor(MINUTE),
                Threshold.of("swap.activity", "in", "swap.in_bytes_per_second", rate)
                        .heldFor(MINUTES_5),
                Threshold.of("swap.activity", "out", "swap.out_bytes_per_second", rate)
                        .heldFor(MINUTES_5));
    }

    private static List<Threshold> network() {
        Levels down = new Levels(Side.BELOW, Optional.of(new Level(0, 1)), Optional.empty(), Optional.empty());
        Levels busy = new Levels(Side.ABOVE, Optional.of(new Level(0.90, 0.80)), Optional.empty(), Optional.empty());
        return List.of(
                Threshold.of("network.traffic", "errors", "network.errors", new Growth(10, MINUTES_5, WARNING)),
                Threshold.of("network.traffic", "drops", "network.drops", new Growth(1000, MINUTES_5, WARNING)),
                Threshold.of("network.traffic", "link", "network.link_up", down).onceGood(),
                Threshold.of("network.traffic", "busy", "network.busy_ratio", busy)
                        .heldFor(MINUTES_5),
                Threshold.of("network.listener", "new", "network.listener", new Appearance(WARNING, false)));
    }

    private static List<Threshold> raid() {
        return List.of(
                Threshold.of("raid.state", "degradation", "raid.degradation", Levels.above(1, 0, 2, 1)),
                // A spare that took over makes the array whole again, but the dead disk is still to be replaced.
                Threshold.of("raid.state", "failed members", "raid.failed_members", Levels.warningFromOne()),
                Threshold.of("raid.state", "mismatches", "raid.mismatches", Levels.warningFromOne()),
                Threshold.of("raid.state", "arrays", "raid.degradation", new Appearance(WARNING, true)));
    }

    private static List<Threshold> smart() {
        return List.of(
                Threshold.of("smart.attributes", "failed", "smart.failed", Levels.criticalFromOne()),
                Threshold.of("smart.attributes", "unreadable", "smart.unreadable", Levels.warningFromOne())
                        .onceGood()
                        .heldFor(MINUTES_5),
                Threshold.of("smart.attributes", "reallocated", "smart.reallocated_sectors", Levels.warningFromOne()),
                growsPerDay("reallocated growth", "smart.reallocated_sectors"),
                Threshold.of("smart.attributes", "pending", "smart.pending_sectors", Levels.warningFromOne()),
                growsPerDay("pending growth", "smart.pending_sectors"),
                Threshold.of(
                        "smart.attributes",
                        "uncorrectable",
                        "smart.offline_uncorrectable_sectors",
                        Levels.warningFromOne()),
                growsPerDay("uncorrectable growth", "smart.offline_uncorrectable_sectors"),
                Threshold.of("smart.attributes", "uncorrected", "smart.uncorrected_errors", Levels.warningFromOne()),
                growsPerDay("uncorrected growth", "smart.uncorrected_errors"),
                Threshold.of("smart.attributes", "media errors", "smart.media_errors", Levels.warningFromOne()),
                growsPerDay("media errors growth", "smart.media_errors"),
                Threshold.of("smart.attributes", "warnings", "smart.critical_warnings", Levels.criticalFromOne()),
                Threshold.of(
                        "smart.attributes", "spare", "smart.spare_margin_ratio", Levels.below(0.05, 0.10, 0, 0.05)),
                Threshold.of("smart.attributes", "worn", "smart.worn_ratio", Levels.above(0.90, 0.89, 1, 0.99)),
                Threshold.of(
                        "smart.attributes", "temperature", "smart.temperature_celsius", Levels.above(55, 52, 60, 57)));
    }

    private static Threshold growsPerDay(String name, String reading) {
        return Threshold.of("smart.attributes", name, reading, new Growth(1, DAY, CRITICAL));
    }

    private static List<Threshold> sensors() {
        Levels hot = new Levels(Side.BELOW, Optional.of(new Level(0, 3)), Optional.empty(), Optional.empty());
        Levels tooHot = new Levels(Side.BELOW, Optional.empty(), Optional.of(new Level(0, 3)), Optional.empty());
        Levels lost = new Levels(Side.BELOW, Optional.empty(), Optional.of(new Level(0, 1)), Optional.empty());
        return List.of(
                Threshold.of("hardware.sensor", "temperature", "sensor.margin_celsius", hot),
                Threshold.of("hardware.sensor", "critical temperature", "sensor.critical_margin_celsius", tooHot),
                Threshold.of("hardware.sensor", "fan", "sensor.fan_stopped", Levels.criticalFromOne()),
                Threshold.of("hardware.sensor", "ipmi", "sensor.ipmi_status", Levels.above(1, 0, 2, 1)),
                Threshold.of("hardware.sensor", "memory", "ecc.uncorrected_errors", Levels.criticalFromOne()),
                Threshold.of("hardware.sensor", "memory growth", "ecc.corrected_errors", new Growth(10, DAY, WARNING)),
                Threshold.of("hardware.sensor", "power", "power.online", lost),
                // Some hosts have processors that are never on: more than the fewest of a year counts.
                Threshold.of("hardware.sensor", "processors", "cpu.offline_count", new Growth(1, YEAR, WARNING)));
    }

    private static List<Threshold> services() {
        return List.of(
                Threshold.of("service.failed", "failed", "service.failed", Levels.warningFromOne()),
                Threshold.of("service.boot", "changed", "service.enabled", new Appearance(WARNING, true)));
    }

    private static List<Threshold> lvm() {
        Levels shares = Levels.above(0.80, 0.75, 0.90, 0.85);
        return List.of(
                Threshold.of("lvm.snapshot", "space", "lvm.snapshot_used_ratio", shares),
                Threshold.of("lvm.pool", "data", "lvm.pool_data_used_ratio", shares),
                Threshold.of("lvm.pool", "metadata", "lvm.pool_metadata_used_ratio", shares));
    }
}
