package io.keepwatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SadfImportTest {
    /** Written by sadf 12.6.1 on a machine with one disk and no swap. */
    private static final Path CAPTURED = Path.of("src/test/resources/host/tools/sadf.json");

    private static final Instant THEN = Instant.parse("2026-11-25T19:00:42Z");

    @TempDir
    private Path state;

    private static Map<Series, List<Sample>> read(Path file) throws IOException {
        return SadfImport.read(file, ZoneOffset.UTC);
    }

    private static List<Sample> line(Map<Series, List<Sample>> lines, String name) {
        return lines.getOrDefault(new Series(name, ""), List.of());
    }

    @Test
    void what_sysstat_counted_has_the_units_of_the_probes() throws IOException {
        Map<Series, List<Sample>> lines = read(CAPTURED);
        Sample user = line(lines, "cpu.user_ratio").get(0);
        assertThat(user.second()).isEqualTo(THEN.getEpochSecond());
        assertThat(user.mean()).isCloseTo(0.6782, within(1e-9));
        assertThat(lines.get(new Series("memory.available_bytes", "")))
                .first()
                .isEqualTo(Sample.of(THEN.getEpochSecond(), 22_537_492.0 * 1024));
        assertThat(lines.get(new Series("io.written_bytes_per_second", "vda")))
                .first()
                .isEqualTo(Sample.of(THEN.getEpochSecond(), 176.0 * 1024));
        assertThat(lines)
                .containsKeys(new Series("network.received_bytes_per_second", "eth0"), new Series("load.1m", ""));
        assertThat(lines).doesNotContainKey(new Series("swap.used_ratio", ""));
    }

    @Test
    void what_sadf_prints_when_asked_for_all_has_the_same_meaning() throws IOException {
        Path all = Path.of("src/test/resources/host/tools/sadf-all.json");
        Map<Series, List<Sample>> lines = read(all);
        assertThat(line(lines, "cpu.user_ratio").get(0).mean()).isCloseTo(0.8607, within(1e-9));
        assertThat(line(lines, "cpu.system_ratio").get(0).mean()).isCloseTo(0.0547, within(1e-9));
        Path guests = state.resolve("guests.json");
        Files.writeString(guests, """
                {"sysstat": {"hosts": [{"statistics": [{
                  "timestamp": {"date": "2026-11-25", "time": "19:00:42", "utc": 1},
                  "cpu-load": [{"cpu": "all", "usr": 10, "nice": 2, "sys": 5, "iowait": 1, "irq": 1, "soft": 2,
                                "guest": 20, "gnice": 4, "idle": 55}],
                  "queue": {"ldavg-1": 3}}]}]}}
                """);
        lines = read(guests);
        assertThat(line(lines, "cpu.user_ratio").get(0).mean()).isCloseTo(0.36, within(1e-9));
        assertThat(line(lines, "cpu.system_ratio").get(0).mean()).isCloseTo(0.08, within(1e-9));
        assertThat(lines.keySet())
                .extracting(Series::name)
                .containsExactlyInAnyOrder(
                        "cpu.user_ratio", "cpu.system_ratio", "cpu.iowait_ratio", "cpu.idle_ratio", "load.1m");
    }

    @Test
    void local_times_are_of_the_zone_that_is_given() throws IOException {
        Path file = state.resolve("local.json");
        Files.writeString(file, Files.readString(CAPTURED).replace("\"utc\": 1", "\"utc\": 0"));
        assertThat(line(SadfImport.read(file, ZoneId.of("Europe/Amsterdam")), "load.1m")
                        .get(0)
                        .second())
                .isEqualTo(THEN.minus(Duration.ofHours(1)).getEpochSecond());
    }

    @Test
    void the_past_joins_the_history_and_what_is_there_stays() throws IOException {
        Series load = new Series("load.1m", "");
        Instant later = THEN.plus(Duration.ofHours(5));
        try (History history = History.open(state, THEN)) {
            history.record(THEN, List.of(Reading.of("load.1m", "", 99)));
        }
        try (History history = History.open(state, later)) {
            read(CAPTURED).forEach(history::addPast);
            read(CAPTURED).forEach(history::addPast);
        }
        try (HistoryReader reader = HistoryReader.open(state)) {
            assertThat(reader.read(load, THEN.minusSeconds(60), later, 1))
                    .extracting(Sample::mean)
                    .containsExactly(99.0, 7.12);
            assertThat(new SarView(reader).rows(THEN.minusSeconds(600), later, 60))
                    .hasSize(1)
                    .first()
                    .satisfies(row -> {
                        assertThat(row.cpuUserRatio().getAsDouble()).isCloseTo(0.685, within(0.001));
                        assertThat(row.swapUsedRatio()).isEmpty();
                        assertThat(row.diskWrittenBytesPerSecond().getAsDouble())
                                .isCloseTo(140 * 1024, within(10.0));
                    });
        }
    }

    @Test
    void a_past_of_months_ago_is_kept_as_days() throws IOException {
        Instant later = THEN.plus(Duration.ofDays(200));
        try (History history = History.open(state, later)) {
            read(CAPTURED).forEach(history::addPast);
        }
        try (HistoryReader reader = HistoryReader.open(state)) {
            assertThat(reader.read(new Series("load.1m", ""), THEN.minus(Duration.ofDays(1)), later, 86_400))
                    .extracting(sample -> Instant.ofEpochSecond(sample.second()))
                    .containsExactly(Instant.parse("2026-11-25T00:00:00Z"));
        }
    }

    @Test
    void another_file_is_refused_with_its_name() throws IOException {
        Path file = state.resolve("other.json");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("other.json is not what sadf -j prints");
        Files.writeString(file, "not json");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("other.json is not JSON");
    }
}
