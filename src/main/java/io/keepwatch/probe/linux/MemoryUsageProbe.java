package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much memory programs can still have, on the host and in the container Keepwatch may run in. */
public final class MemoryUsageProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "memory.usage",
            Duration.ofSeconds(10),
            "How much memory programs can still have, and how long they waited for it.",
            "/proc/meminfo; the pressure needs Linux 4.20 with PSI, the container limit cgroup v2",
            false,
            List.of(
                    new ReadingKind("memory.total_bytes", "", "all memory"),
                    new ReadingKind("memory.available_bytes", "", "what programs can have without swapping"),
                    new ReadingKind("memory.available_ratio", "", "the share that is available"),
                    new ReadingKind("memory.used_ratio", "", "the share that is not available"),
                    new ReadingKind("memory.container_limit_bytes", "", "the limit of Keepwatch's own cgroup"),
                    new ReadingKind("memory.container_used_ratio", "", "how much of that limit is used"),
                    new ReadingKind(
                            "memory.pressure_some_ratio", "", "share of 10 s in which some task waited for memory"),
                    new ReadingKind(
                            "memory.pressure_full_ratio", "", "share of 10 s in which all tasks waited for memory")));

    private final Path proc;
    private final Path sys;

    public MemoryUsageProbe(Path proc, Path sys) {
        this.proc = proc;
        this.sys = sys;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        MemInfo memory = MemInfo.read(proc);
        if (memory.isEmpty()) {
            return List.of();
        }
        double total = (double) memory.get("MemTotal");
        double available = (double) memory.available();
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of("memory.total_bytes", "", total));
        readings.add(Reading.of("memory.available_bytes", "", available));
        readings.add(Reading.of("memory.available_ratio", "", available / total));
        readings.add(Reading.of("memory.used_ratio", "", 1 - available / total));
        OwnCgroup.read(proc, sys).ifPresent(own -> {
            readings.add(Reading.of("memory.container_limit_bytes", "", (double) own.limitBytes()));
            readings.add(Reading.of(
                    "memory.container_used_ratio", "", (double) own.usedBytes() / Math.max(1, own.limitBytes())));
        });
        readings.addAll(Pressure.read(proc, "memory", "memory.pressure"));
        return readings;
    }
}
