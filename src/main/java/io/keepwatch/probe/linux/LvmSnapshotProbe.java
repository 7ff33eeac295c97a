package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How full copy-on-write snapshots are (a full one is lost), and how far a merge has come. */
public final class LvmSnapshotProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "lvm.snapshot",
            Duration.ofSeconds(60),
            "How full copy-on-write snapshots are (a full one is lost), and how much of a merge is left.",
            "LVM volumes and lvs of lvm2",
            false,
            List.of(
                    new ReadingKind("lvm.snapshot_used_ratio", "volume", "how full the snapshot is"),
                    new ReadingKind("lvm.merge_left_ratio", "volume", "what is left of a merge into this origin")));

    private final LvmReport report;

    public LvmSnapshotProbe(Path sys, ToolRunner tools) {
        this.report = new LvmReport(sys, tools);
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (LvmReport.Volume volume : report.read()) {
            if (volume.isSnapshot() && volume.used().isPresent()) {
                readings.add(reading(volume, volume.used().getAsDouble()));
            }
        }
        return readings;
    }

    private static Reading reading(LvmReport.Volume volume, double used) {
        // A merge is told of its origin, which shows no share of its own as long as the merge waits.
        return volume.isMerging()
                ? Reading.of("lvm.merge_left_ratio", volume.group() + "/" + volume.origin(), used)
                : new Reading("lvm.snapshot_used_ratio", volume.fullName(), used, Map.of("origin", volume.origin()));
    }
}
