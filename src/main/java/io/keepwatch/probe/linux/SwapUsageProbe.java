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

/** How much of the swap is in use. A full swap alone is no trouble: idle pages are well kept there. */
public final class SwapUsageProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "swap.usage",
            Duration.ofSeconds(30),
            "How much of the swap is in use. Idle pages in swap are healthy; see swap.activity for trouble.",
            "swap that is switched on",
            false,
            List.of(
                    new ReadingKind("swap.total_bytes", "", "all swap"),
                    new ReadingKind("swap.used_bytes", "", "swap in use"),
                    new ReadingKind("swap.used_ratio", "", "the share in use"),
                    new ReadingKind("swap.swappiness", "", "vm.swappiness, from 0 to 200")));

    private final Path proc;

    public SwapUsageProbe(Path proc) {
        this.proc = proc;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        MemInfo memory = MemInfo.read(proc);
        if (!memory.has("SwapTotal") || memory.get("SwapTotal") == 0) {
            return List.of();
        }
        double total = (double) memory.get("SwapTotal");
        double used = total - (double) memory.get("SwapFree");
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of("swap.total_bytes", "", total));
        readings.add(Reading.of("swap.used_bytes", "", used));
        readings.add(Reading.of("swap.used_ratio", "", used / total));
        KernelFile.number(proc.resolve("sys/vm/swappiness"))
                .ifPresent(value -> readings.add(Reading.of("swap.swappiness", "", (double) value)));
        return readings;
    }
}
