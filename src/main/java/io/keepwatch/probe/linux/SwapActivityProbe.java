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
import java.util.Map;
import java.util.function.LongSupplier;

/** How fast pages move between memory and swap. Held for minutes, this is what makes a host slow. */
public final class SwapActivityProbe implements Probe {
    private static final Map<String, String> TOTALS =
            Map.of("pswpin", "swap.in_bytes_per_second", "pswpout", "swap.out_bytes_per_second");
    private static final ProbeInfo INFO = new ProbeInfo(
            "swap.activity",
            Duration.ofSeconds(10),
            "How fast pages move between memory and swap.",
            "/proc/vmstat with pswpin and pswpout",
            true,
            List.of(
                    new ReadingKind("swap.in_bytes_per_second", "", "read back from swap"),
                    new ReadingKind("swap.out_bytes_per_second", "", "written to swap")));

    private final Path file;
    private final long pageBytes;
    private final Rates rates;

    public SwapActivityProbe(Path proc, long pageBytes, LongSupplier nanos) {
        this.file = proc.resolve("vmstat");
        this.pageBytes = pageBytes;
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
        for (String line : KernelFile.lines(file)) {
            String[] words = line.split(" ", -1);
            String name = TOTALS.get(words[0]);
            if (name != null && words.length == 2) {
                double bytes = (double) (KernelFile.number(file, words[1]) * pageBytes);
                rates.perSecond(name, bytes).ifPresent(rate -> readings.add(Reading.of(name, "", rate)));
            }
        }
        return readings;
    }
}
