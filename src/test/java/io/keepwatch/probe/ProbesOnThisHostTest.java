package io.keepwatch.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every probe promises, checked on the machine that runs the test. */
class ProbesOnThisHostTest {
    private static final List<Probe> PROBES = Probes.ofThisHost();

    @BeforeAll
    static void only_linux_has_proc() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"), "this is not Linux");
    }

    private static List<Reading> readTwice(Probe probe) throws IOException {
        probe.read();
        return probe.read();
    }

    @Test
    void each_reads_only_what_it_declares_and_nothing_twice() throws IOException {
        List<String> all = new ArrayList<>();
        for (Probe probe : PROBES) {
            List<String> declared =
                    probe.info().readings().stream().map(ReadingKind::name).toList();
            Set<String> seen = new HashSet<>();
            for (Reading reading : readTwice(probe)) {
                assertThat(declared).as(probe.info().name()).contains(reading.name());
                assertThat(seen.add(reading.name() + "\n" + reading.subject()))
                        .as("%s twice", reading)
                        .isTrue();
                all.add(reading.name());
            }
        }
        assertThat(all).contains("disk.used_ratio", "memory.available_bytes", "load.1m", "network.drops");
    }

    @Test
    void ratios_lie_between_0_and_1() throws IOException {
        Set<String> unbounded = Set.of("ksm.sharing_ratio", "ksm.wasted_ratio", "smart.worn_ratio");
        for (Probe probe : PROBES) {
            assertThat(readTwice(probe))
                    .filteredOn(reading -> reading.name().endsWith("_ratio") && !unbounded.contains(reading.name()))
                    .allSatisfy(reading ->
                            assertThat(reading.value()).as(reading.toString()).isBetween(0.0, 1.0));
        }
    }

    @Test
    void names_are_unique() {
        assertThat(PROBES.stream().map(probe -> probe.info().name())).doesNotHaveDuplicates();
        assertThat(PROBES.stream()
                        .flatMap(probe -> probe.info().readings().stream())
                        .map(ReadingKind::name))
                .doesNotHaveDuplicates();
    }
}
