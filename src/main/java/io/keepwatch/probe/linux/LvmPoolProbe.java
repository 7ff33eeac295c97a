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

/** How full thin pools are. When the data or the metadata of one is full, all its volumes stop writing. */
public final class LvmPoolProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "lvm.pool",
            Duration.ofSeconds(60),
            "How full thin pools are. When the data or the metadata of one is full, all its volumes stop writing.",
            "LVM thin pools and lvs of lvm2",
            false,
            List.of(
                    new ReadingKind("lvm.pool_data_used_ratio", "pool", "how full the pool's data is"),
                    new ReadingKind("lvm.pool_metadata_used_ratio", "pool", "how full its metadata is")));

    private final LvmReport report;

    public LvmPoolProbe(Path sys, ToolRunner tools) {
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
            if (volume.isPool()) {
                volume.used()
                        .ifPresent(
                                used -> readings.add(Reading.of("lvm.pool_data_used_ratio", volume.fullName(), used)));
                volume.metadataUsed()
                        .ifPresent(used ->
                                readings.add(Reading.of("lvm.pool_metadata_used_ratio", volume.fullName(), used)));
            }
        }
        return readings;
    }
}
