package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.Rates;
import io.keepwatch.probe.ReadingKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What each network interface carries, loses and could carry. */
public final class NetworkTrafficProbe implements Probe {
    private static final String NIC = "interface";
    private static final long IFF_UP = 1;
    private static final ProbeInfo INFO = new ProbeInfo(
            "network.traffic",
            Duration.ofSeconds(10),
            "What each network interface carries, loses and could carry; without the ends of containers (veth).",
            "/proc/net/dev and /sys/class/net",
            true,
            List.of(
                    new ReadingKind("network.received_bytes_per_second", NIC, "received"),
                    new ReadingKind("network.sent_bytes_per_second", NIC, "sent"),
                    new ReadingKind("network.errors", NIC, "packets with errors since the interface exists"),
                    new ReadingKind("network.drops", NIC, "packets dropped since the interface exists"),
                    new ReadingKind("network.link_up", NIC, "1 while an interface that is switched on has a link"),
                    new ReadingKind("network.speed_bits_per_second", NIC, "the speed of the link"),
                    new ReadingKind("network.busy_ratio", NIC, "the busier direction against that speed")));

    private final Path proc;
    private final Path sys;
    private final Rates rates;

    public NetworkTrafficProbe(Path proc, Path sys, LongSupplier nanos) {
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
        Path file = proc.resolve("net/dev");
        List<Reading> readings = new ArrayList<>();
        for (String line : KernelFile.lines(file)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip();
            if (colon > 0 && !name.contains(" ") && !name.startsWith("veth")) {
                String[] numbers = line.substring(colon + 1).strip().split("\\s+", -1);
                if (numbers.length < 12) {
                    throw new IOException(file + " has a line of another form: \"" + line.strip() + "\"");
                }
                readInterface(file, name, numbers, readings);
            }
        }
        return readings;
    }

    private void readInterface(Path file, String name, String[] numbers, List<Reading> readings) throws IOException {
        double received = (double) KernelFile.number(file, numbers[0]);
        double sent = (double) KernelFile.number(file, numbers[8]);
        OptionalDouble in = rates.perSecond("in " + name, received);
        OptionalDouble out = rates.perSecond("out " + name, sent);
        in.ifPresent(rate -> readings.add(Reading.of("network.received_bytes_per_second", name, rate)));
        out.ifPresent(rate -> readings.add(Reading.of("network.sent_bytes_per_second", name, rate)));
        long errors = KernelFile.number(file, numbers[2]) + KernelFile.number(file, numbers[10]);
        long drops = KernelFile.number(file, numbers[3]) + KernelFile.number(file, numbers[11]);
        readings.add(Reading.of("network.errors", name, (double) errors));
        readings.add(Reading.of("network.drops", name, (double) drops));
        Path folder = sys.resolve("class/net").resolve(name);
        String state = KernelFile.tolerantText(folder.resolve("operstate")).orElse("unknown");
        // What has no link of its own (loopback, tunnels) says "unknown".
        if (isSwitchedOn(folder) && !state.equals("unknown")) {
            readings.add(Reading.of("network.link_up", name, state.equals("up") ? 1 : 0));
        }
        OptionalLong megabits = KernelFile.tolerant(folder.resolve("speed"));
        if (megabits.isPresent() && megabits.getAsLong() > 0) {
            double speed = megabits.getAsLong() * 1e6;
            readings.add(Reading.of("network.speed_bits_per_second", name, speed));
            if (in.isPresent() && out.isPresent()) {
                double busier = Math.max(in.getAsDouble(), out.getAsDouble()) * 8;
                readings.add(Reading.of("network.busy_ratio", name, Math.min(1, busier / speed)));
            }
        }
    }

    private static boolean isSwitchedOn(Path folder) {
        try {
            long flags =
                    Long.decode(KernelFile.tolerantText(folder.resolve("flags")).orElse("0"));
            return (flags & IFF_UP) != 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
