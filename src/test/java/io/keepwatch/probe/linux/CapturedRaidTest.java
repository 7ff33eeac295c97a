package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.CapturedStates;
import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arrays and volumes of real kernels in many states. What the probes make of them stands in {@code captured/readings.txt};
 * regenerate it with {@code ./mvnw test -Dtest=CapturedRaidTest -Dkeepwatch.regenerate=true}, and look at each line that changed.
 */
class CapturedRaidTest {
    private static final Path READINGS = Path.of("src/test/resources/host/captured/readings.txt");
    private static final List<String> MD = List.of("md-linux-6.1.0.txt", "md-linux-6.12.txt");

    private static final String ZFS = "zfs-linux-6.12.117.txt";

    @TempDir
    private Path root;

    private FolderHost host(CapturedStates states, String state) throws IOException {
        FolderHost host = new FolderHost(Files.createTempDirectory(root, "host"));
        states.into(host, state);
        return host;
    }

    private ToolRunner lvs(CapturedStates states, String state) throws IOException {
        return new ScriptedTools(Files.createTempDirectory(root, "bin"))
                .prints(Tool.LVS, states.file(state, "lvs.json"), 0)
                .runner();
    }

    private List<String> md(CapturedStates states, String state) throws IOException {
        FolderHost host = host(states, state);
        return lines(new MdRaid(host.proc(), host.sys()).arrays());
    }

    private List<String> btrfs(CapturedStates states, String state) throws IOException {
        return lines(new BtrfsRaid(host(states, state).sys()).arrays());
    }

    private List<String> lvm(CapturedStates states, String state) throws IOException {
        FolderHost host = host(states, state);
        ToolRunner tools = lvs(states, state);
        Stream<Reading> readings = Stream.concat(
                new LvmSnapshotProbe(host.sys(), tools).read().stream(),
                new LvmPoolProbe(host.sys(), tools).read().stream());
        return Stream.concat(
                        lines(new LvmRaid(new LvmReport(host.sys(), tools)).arrays()).stream(),
                        readings.map(reading -> reading.name() + " " + reading.subject() + " "
                                + String.format(Locale.ROOT, "%.4f", reading.value())))
                .toList();
    }

    private List<RaidArray> pools(CapturedStates states, String state) throws IOException {
        ScriptedTools tools = new ScriptedTools(Files.createTempDirectory(root, "bin"));
        return new ZpoolRaid(tools.prints(Tool.ZPOOL, states.file(state, "status.json"), 0)
                        .runner())
                .arrays();
    }

    private List<String> zfs(CapturedStates states, String state) throws IOException {
        return lines(pools(states, state));
    }

    private static List<String> lines(List<RaidArray> arrays) {
        return arrays.stream()
                .map(array -> RaidText.of(List.of(array)).get(0)
                        + (array.progress().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        ", %.3f done",
                                        array.progress().getAsDouble())
                                : "")
                        + (array.mismatches().isPresent()
                                ? ", " + array.mismatches().getAsLong() + " mismatches"
                                : ""))
                .toList();
    }

    private interface Reader {
        List<String> read(CapturedStates states, String state) throws IOException;
    }

    private static void write(StringBuilder text, String file, Reader reader) throws IOException {
        CapturedStates states = CapturedStates.of(file);
        text.append("# ").append(file).append('\n');
        for (String state : states.names()) {
            List<String> lines = reader.read(states, state);
            text.append(state).append(lines.isEmpty() ? ": nothing\n" : "\n");
            lines.forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }

    @Test
    void every_captured_state_is_read_as_it_was_looked_at_once() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String file : MD) {
            write(text, file, this::md);
        }
        write(text, "btrfs-linux-6.12.txt", this::btrfs);
        write(text, "lvm-linux-6.12.txt", this::lvm);
        write(text, ZFS, this::zfs);
        if (Boolean.getBoolean("keepwatch.regenerate")) {
            Files.writeString(READINGS, text);
        }
        assertThat(Files.readString(READINGS)).isEqualTo(text.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"md-linux-6.1.0.txt", "md-linux-6.12.txt"})
    void what_is_missing_is_what_the_kernel_counts(String file) throws IOException {
        CapturedStates states = CapturedStates.of(file);
        int seen = 0;
        for (String state : states.names()) {
            FolderHost host = host(states, state);
            for (RaidArray array : new MdRaid(host.proc(), host.sys()).arrays()) {
                Path degraded = host.sys().resolve("block/" + array.name() + "/md/degraded");
                if (Files.exists(degraded)) {
                    assertThat(array.missing())
                            .as(state)
                            .isEqualTo(
                                    Integer.parseInt(Files.readString(degraded).strip()));
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(35);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raid5-lost-two", "raid6-lost-three", "raid10-refuses-to-lose-a-mirror", "raid0-disk-gone"})
    void an_array_that_the_kernel_gave_up_has_failed(String state) throws IOException {
        for (String file : MD) {
            assertThat(md(CapturedStates.of(file), state))
                    .singleElement()
                    .asString()
                    .contains(" failed FAILED");
        }
    }

    @Test
    void the_health_of_a_pool_is_what_zpool_list_says() throws IOException {
        CapturedStates states = CapturedStates.of(ZFS);
        int seen = 0;
        for (String state : states.names()) {
            List<String> listed = states.file(state, "list.txt").lines().toList();
            List<RaidArray> pools = pools(states, state);
            assertThat(pools).as(state).hasSameSizeAs(listed);
            for (RaidArray pool : pools) {
                String health = pool.state().equals("errors")
                        ? "ONLINE"
                        : switch (pool.degradation()) {
                            case NONE -> "ONLINE";
                            case DEGRADED -> "DEGRADED";
                            case FAILED -> "SUSPENDED";
                        };
                assertThat(listed).as(state).contains(pool.name() + "\t" + health);
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(15);
    }
}
