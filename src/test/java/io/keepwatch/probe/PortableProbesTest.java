package io.keepwatch.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What OSHI tells on Linux is the same as what the kernel's files tell; so the other systems are read alike. */
class PortableProbesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Probe> linux = Probes.linux(Path.of("/"), ToolRunner.ofThisHost(), nanos::get);
    private final List<Probe> portable = Probes.portable(linux, nanos::get);

    @BeforeEach
    void there_is_a_kernel_to_compare_with() {
        assumeTrue(Files.isReadable(Path.of("/proc/meminfo")), "there is no /proc to compare with");
    }

    private static Probe named(List<Probe> probes, String name) {
        return probes.stream()
                .filter(probe -> probe.info().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static OptionalDouble value(List<Probe> probes, String probe, String name, String subject)
            throws IOException {
        return named(probes, probe).read().stream()
                .filter(reading ->
                        reading.name().equals(name) && reading.subject().equals(subject))
                .mapToDouble(Reading::value)
                .findFirst();
    }

    @Test
    void every_probe_of_linux_is_known_elsewhere_too() {
        assertThat(portable)
                .extracting(probe -> probe.info().name())
                .containsExactlyElementsOf(
                        linux.stream().map(probe -> probe.info().name()).toList());
        assertThat(named(portable, "service.boot").info().needs()).isEqualTo("Linux");
    }

    @Test
    void each_reading_is_one_that_the_probe_declares() throws IOException {
        for (Probe probe : portable) {
            List<String> declared =
                    probe.info().readings().stream().map(ReadingKind::name).toList();
            probe.read();
            nanos.addAndGet(1_000_000_000L);
            assertThat(probe.read()).extracting(Reading::name).isSubsetOf(declared);
        }
    }

    @Test
    void memory_is_what_the_kernel_tells() throws IOException {
        OptionalDouble total = value(linux, "memory.usage", "memory.total_bytes", "");
        assertThat(total).isPresent();
        assertThat(value(portable, "memory.usage", "memory.total_bytes", "")).isEqualTo(total);
        assertThat(value(portable, "memory.usage", "memory.available_ratio", "").orElseThrow())
                .isBetween(0.0, 1.0);
    }

    @Test
    void the_file_system_of_the_root_has_the_same_size() throws IOException {
        OptionalDouble size = value(linux, "disk.usage", "disk.size_bytes", "/");
        assumeTrue(size.isPresent(), "the root is an overlay or read-only here");
        assertThat(value(portable, "disk.usage", "disk.size_bytes", "/")).isEqualTo(size);
        double used = value(linux, "disk.usage", "disk.used_ratio", "/").orElseThrow();
        assertThat(value(portable, "disk.usage", "disk.used_ratio", "/").orElseThrow())
                .isCloseTo(used, withPercentage(1));
    }

    @Test
    void processor_time_is_divided_into_shares_from_the_second_read_on() throws IOException {
        Probe activity = named(portable, "host.activity");
        assertThat(activity.read()).extracting(Reading::name).doesNotContain("cpu.user_ratio");
        // OSHI gives the same answer for a while.
        List<Reading> readings = await().until(
                        () -> {
                            nanos.addAndGet(1_000_000L);
                            return activity.read();
                        },
                        all -> all.stream().anyMatch(reading -> reading.name().equals("cpu.user_ratio")));
        double sum = readings.stream()
                .filter(reading -> reading.name().startsWith("cpu."))
                .mapToDouble(Reading::value)
                .sum();
        assertThat(sum).isCloseTo(1, withPercentage(0.01));
        assertThat(readings).extracting(Reading::name).contains("load.1m");
    }

    @Test
    void interfaces_count_what_they_carry() throws IOException {
        Probe traffic = named(portable, "network.traffic");
        traffic.read();
        nanos.addAndGet(1_000_000_000L);
        assertThat(traffic.read())
                .filteredOn(reading -> reading.name().equals("network.received_bytes_per_second"))
                .extracting(Reading::subject)
                .contains("lo");
    }
}
