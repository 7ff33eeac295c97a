package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.Rates;
import io.keepwatch.probe.ReadingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** What the host is doing: processors, run queue and disks, for the sar view. */
public final class HostActivityProbe implements Probe {
    private static final int SECTOR_BYTES = 512;
    /** In the order of the columns of /proc/stat; guest time is part of user time there already. */
    private static final List<String> CPU_COLUMNS =
            List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");

    private static final ProbeInfo INFO = new ProbeInfo(
            "host.activity",
            Duration.ofSeconds(10),
            "What the host is doing: processors, run queue and disks.",
            "/proc/stat, /proc/loadavg, /proc/diskstats; the pressure needs Linux 4.20 with PSI",
            true,
            List.of(
                    new ReadingKind(
                            "cpu.user_ratio", "", "share of all processor time in programs, nice ones included"),
                    new ReadingKind("cpu.system_ratio", "", "in the kernel, interrupts included"),
                    new ReadingKind("cpu.iowait_ratio", "", "idle with a disk request under way"),
                    new ReadingKind("cpu.steal_ratio", "", "taken by other guests of the hypervisor"),
                    new ReadingKind("cpu.idle_ratio", "", "idle without"),
                    new ReadingKind("cpu.pressure_some_ratio", "", "share of 10 s in which some task waited for a CPU"),
                    new ReadingKind("cpu.pressure_full_ratio", "", "in which all tasks did"),
                    new ReadingKind("io.pressure_some_ratio", "", "share of 10 s in which some task waited for a disk"),
                    new ReadingKind("io.pressure_full_ratio", "", "in which all tasks did"),
                    new ReadingKind("load.1m", "", "load average over 1 minute"),
                    new ReadingKind("load.5m", "", "over 5 minutes"),
                    new ReadingKind("load.15m", "", "over 15 minutes"),
                    new ReadingKind("tasks.running", "", "tasks that run or want to"),
                    new ReadingKind("tasks.blocked", "", "tasks that wait for a disk"),
                    new ReadingKind("io.read_bytes_per_second", "disk", "read from the disk"),
                    new ReadingKind("io.written_bytes_per_second", "disk", "written to it"),
                    new ReadingKind("io.busy_ratio", "disk", "share of time with a request under way")));

    private final Path proc;
    private final Path sys;
    private final Rates rates;

    public HostActivityProbe(Path proc, Path sys, LongSupplier nanos) {
        this.proc = proc;
        this.sys = sys;
        this.rates = new Rates(nanos);
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        rates.begin();
        List<Reading> readings = new ArrayList<>();
        readStat(readings);
        readLoad(readings);
        readings.addAll(Pressure.read(proc, "cpu", "cpu.pressure"));
        readings.addAll(Pressure.read(proc, "io", "io.pressure"));
        readDisks(readings);
        return readings;
    }

    private void readStat(List<Reading> readings) throws IOException {
        Path file = proc.resolve("stat");
        for (String line : KernelFile.lines(file)) {
            String[] words = line.split("\\s+", -1);
            switch (words[0]) {
                case "cpu" -> readCpu(file, words, readings);
                case "procs_running" ->
                    readings.add(Reading.of("tasks.running", "", (double) KernelFile.number(file, words[1])));
                case "procs_blocked" ->
                    readings.add(Reading.of("tasks.blocked", "", (double) KernelFile.number(file, words[1])));
                default -> {
                    // Interrupts and single processors are no part of this view.
                }
            }
        }
    }

    private void readCpu(Path file, String[] words, List<Reading> readings) throws IOException {
        double[] growth = new double[CPU_COLUMNS.size()];
        boolean known = true;
        for (int i = 0; i < growth.length; i++) {
            double ticks = i + 1 < words.length ? (double) KernelFile.number(file, words[i + 1]) : 0;
            OptionalDouble grown = rates.growth("cpu " + CPU_COLUMNS.get(i), ticks);
            // iowait and idle are known to go back a little now and then; that is no growth.
            known &= grown.isPresent() || i == 3 || i == 4;
            growth[i] = grown.orElse(0);
        }
        double total = Arrays.stream(growth).sum();
        if (known && total > 0) {
            readings.add(Reading.of("cpu.user_ratio", "", (growth[0] + growth[1]) / total));
            readings.add(Reading.of("cpu.system_ratio", "", (growth[2] + growth[5] + growth[6]) / total));
            readings.add(Reading.of("cpu.iowait_ratio", "", growth[4] / total));
            readings.add(Reading.of("cpu.steal_ratio", "", growth[7] / total));
            readings.add(Reading.of("cpu.idle_ratio", "", growth[3] / total));
        }
    }

    private void readLoad(List<Reading> readings) throws IOException {
        Path file = proc.resolve("loadavg");
        String[] words = KernelFile.text(file).orElse("").split(" ", -1);
        if (words.length >= 3) {
            readings.add(Reading.of("load.1m", "", decimal(file, words[0])));
            readings.add(Reading.of("load.5m", "", decimal(file, words[1])));
            readings.add(Reading.of("load.15m", "", decimal(file, words[2])));
        }
    }

    private static double decimal(Path file, String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException(file + " should hold numbers but holds \"" + text + "\"", e);
        }
    }

    private void readDisks(List<Reading> readings) throws IOException {
        Path file = proc.resolve("diskstats");
        for (String line : KernelFile.lines(file)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 14 && isDisk(words[2])) {
                String disk = words[2];
                double read = (double) (KernelFile.number(file, words[5]) * SECTOR_BYTES);
                double written = (double) (KernelFile.number(file, words[9]) * SECTOR_BYTES);
                double busySeconds = KernelFile.number(file, words[12]) / 1000.0;
                rates.perSecond("read " + disk, read)
                        .ifPresent(rate -> readings.add(Reading.of("io.read_bytes_per_second", disk, rate)));
                rates.perSecond("written " + disk, written)
                        .ifPresent(rate -> readings.add(Reading.of("io.written_bytes_per_second", disk, rate)));
                rates.perSecond("busy " + disk, busySeconds)
                        .ifPresent(rate -> readings.add(Reading.of("io.busy_ratio", disk, Math.min(1, rate))));
            }
        }
    }

    /** Partitions are parts of their disk, and what loop devices and RAM disks do shows elsewhere. */
    private boolean isDisk(String name) {
        return !name.startsWith("loop")
                && !name.startsWith("ram")
                && Files.isDirectory(sys.resolve("block").resolve(name.replace('/', '!')));
    }
}
