package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Parts;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.probe.SlowParts;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether each RAID array is whole, whatever makes it: the kernel, LVM, btrfs, ZFS or a controller with its tool. */
public final class RaidStateProbe implements Probe {
    private static final String ARRAY = "array";
    private static final ProbeInfo INFO = new ProbeInfo(
            "raid.state",
            Duration.ofSeconds(30),
            "Whether each RAID array is whole: md, LVM, btrfs, ZFS, and controllers whose tool is installed.",
            "/proc/mdstat, LVM volumes, /sys/fs/btrfs, or one of zpool, storcli64, perccli64, ssacli, arcconf",
            false,
            List.of(
                    new ReadingKind("raid.degradation", ARRAY, "0 whole, 1 degraded, 2 failed or not running"),
                    new ReadingKind("raid.members", ARRAY, "disks that belong to the array, without spares"),
                    new ReadingKind(
                            "raid.missing_members", ARRAY, "of these, how many do not work or are being filled"),
                    new ReadingKind("raid.failed_members", ARRAY, "disks that are marked as failed"),
                    new ReadingKind("raid.spare_members", ARRAY, "disks that wait to stand in"),
                    new ReadingKind("raid.progress_ratio", ARRAY, "how far a recovery, check or reshape has come"),
                    new ReadingKind("raid.mismatches", ARRAY, "sectors with wrong parity found by the last check")));

    private final SlowParts parts;

    public RaidStateProbe(Path proc, Path sys, ToolRunner tools) {
        this.parts = new SlowParts(parts(proc, sys, tools));
    }

    /** @param patience how long a read waits for the tools */
    RaidStateProbe(Path proc, Path sys, ToolRunner tools, Duration patience) {
        this.parts = new SlowParts(patience, parts(proc, sys, tools));
    }

    private static Map<String, Parts.Part> parts(Path proc, Path sys, ToolRunner tools) {
        List<RaidSource> sources = List.of(
                new MdRaid(proc, sys),
                new LvmRaid(new LvmReport(sys, tools)),
                new BtrfsRaid(sys),
                new ZpoolRaid(tools),
                new StorcliRaid(tools, Tool.STORCLI),
                new StorcliRaid(tools, Tool.PERCCLI),
                new SsacliRaid(tools),
                new ArcconfRaid(tools));
        Map<String, Parts.Part> parts = new LinkedHashMap<>();
        for (RaidSource source : sources) {
            parts.put(
                    source.kind(),
                    () -> source.arrays().stream()
                            .flatMap(array -> array.readings().stream())
                            .toList());
        }
        return parts;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        return parts.readings();
    }
}
