package io.keepwatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SarViewTest {
    private static final Instant THEN = Instant.parse("2026-11-25T19:00:00Z");

    @TempDir
    private Path state;

    private static Stream<Reading> each(String name, String... subjects) {
        return Stream.of(subjects).map(subject -> Reading.of(name, subject, 100));
    }

    @Test
    void the_timeline_of_the_dashboard_sums_up_the_same_disks_and_interfaces() throws IOException {
        try (InputStream in = SarView.class.getResourceAsStream("/io/keepwatch/dashboard/parts/series.js")) {
            assertThat(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines())
                    .contains(
                            "const VIRTUAL_DISKS = /^(?:" + SarView.VIRTUAL_DISKS + ")$/;",
                            "const VIRTUAL_INTERFACES = /^(?:" + SarView.VIRTUAL_INTERFACES + ")$/;");
        }
    }

    @Test
    void what_goes_through_two_interfaces_or_disks_counts_once() {
        List<Reading> readings = Stream.concat(
                        each(
                                "network.received_bytes_per_second",
                                "lo",
                                "eth0",
                                "enp3s0f1",
                                "wlan0",
                                "bond0",
                                "br0",
                                "br-0a1b2c3d",
                                "eth0.5",
                                "docker0",
                                "veth12ab",
                                "wg0"),
                        each("io.read_bytes_per_second", "sda", "nvme0n1", "dm-0", "md0", "md127", "loop3", "zram0"))
                .toList();
        try (History history = History.open(state, THEN)) {
            history.record(THEN, readings);
        }
        try (HistoryReader reader = HistoryReader.open(state)) {
            assertThat(new SarView(reader).rows(THEN.minusSeconds(60), THEN.plusSeconds(60), 60))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.networkReceivedBytesPerSecond()).hasValue(300);
                        assertThat(row.diskReadBytesPerSecond()).hasValue(200);
                    });
        }
    }
}
