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

/** What kernel same-page merging saves, and whether its effort pays. */
public final class KsmProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "ksm.saving",
            Duration.ofSeconds(60),
            "What kernel same-page merging saves, and whether its effort pays.",
            "/sys/kernel/mm/ksm (a kernel with CONFIG_KSM)",
            false,
            List.of(
                    new ReadingKind("ksm.running", "", "1 while the kernel merges pages"),
                    new ReadingKind("ksm.shared_bytes", "", "pages that stand for others"),
                    new ReadingKind("ksm.saved_bytes", "", "what would be needed beside them without merging"),
                    new ReadingKind("ksm.sharing_ratio", "", "uses of a shared page; high is good"),
                    new ReadingKind(
                            "ksm.wasted_ratio", "", "pages looked at in vain for each saved one; high is bad")));

    private final Path directory;
    private final long pageBytes;

    public KsmProbe(Path sys, long pageBytes) {
        this.directory = sys.resolve("kernel/mm/ksm");
        this.pageBytes = pageBytes;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        if (KernelFile.text(directory.resolve("run")).isEmpty()) {
            return List.of();
        }
        double shared = pages("pages_shared");
        double sharing = pages("pages_sharing");
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of("ksm.running", "", pages("run") == 1 ? 1 : 0));
        readings.add(Reading.of("ksm.shared_bytes", "", shared * pageBytes));
        readings.add(Reading.of("ksm.saved_bytes", "", sharing * pageBytes));
        if (shared > 0) {
            readings.add(Reading.of("ksm.sharing_ratio", "", sharing / shared));
        }
        if (sharing > 0) {
            readings.add(Reading.of("ksm.wasted_ratio", "", pages("pages_unshared") / sharing));
        }
        return readings;
    }

    private double pages(String name) throws IOException {
        Path file = directory.resolve(name);
        return (double) KernelFile.number(file).orElseThrow(() -> new IOException(file + " is missing"));
    }
}
