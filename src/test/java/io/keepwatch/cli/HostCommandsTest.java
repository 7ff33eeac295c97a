package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at the host, on the machine that runs the test: none of them needs a configuration but sar. */
class HostCommandsTest {
    private static final Path CAPTURED = Path.of("src/test/resources/host/tools/sadf.json");

    @TempDir
    private Path home;

    @BeforeEach
    void only_linux_has_proc() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    }

    private CliRun run(String... words) {
        return CliRun.of(home, words);
    }

    private JsonNode json(String... words) throws IOException {
        CliRun run = run(words);
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void probes_says_what_reads_and_what_the_others_need() throws IOException {
        JsonNode result = json("probes", "--json");
        assertThat(result.get("probes")).hasSize(17);
        for (JsonNode probe : result.get("probes")) {
            boolean reads = probe.get("state").asText().equals("reads");
            assertThat(probe.get("note").asText().isEmpty())
                    .as(probe.toString())
                    .isEqualTo(reads);
            assertThat(probe.get("readings").asInt() > 0).as(probe.toString()).isEqualTo(reads);
        }
        assertThat(run("probes").out()).startsWith("PROBE").containsPattern("memory\\.usage +reads");
    }

    @Test
    void one_probe_shows_its_readings_with_units() throws IOException {
        assertThat(run("probe", "memory.usage").out()).containsPattern("memory\\.total_bytes +[0-9.]+ [KMGT]iB");
        JsonNode readings = json("probe", "host.activity", "--json").get("readings");
        assertThat(readings.findValuesAsText("name")).contains("cpu.idle_ratio", "load.1m");
    }

    @Test
    void an_unknown_probe_is_answered_with_those_there_are() {
        CliRun run = run("probe", "disk.usag");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no probe \"disk.usag\"; the probes are disk.usage, inode.usage");
    }

    @Test
    void a_size_is_shown_in_both_families() {
        assertThat(run("units", "500GiB").out()).contains("536870912000", "500.0 GiB", "536.9 GB");
        assertThat(run("units", "20G").out()).contains("20GiB", "21474836480", "20GB", "20000000000");
        assertThat(run("units", "20k").out()).contains("20KiB", "20480", "20kB", "20000");
        CliRun run = run("units", "much");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("needs a number and one of");
    }

    @Test
    void ksm_says_how_to_switch_it_on() {
        assertThat(run("ksm").exitCode()).isZero();
        assertThat(KsmCommand.text(Map.of("ksm.running", 0.0))).contains("echo 1 > /sys/kernel/mm/ksm/run");
        assertThat(KsmCommand.text(Map.of())).contains("CONFIG_KSM");
        assertThat(KsmCommand.text(Map.of("ksm.running", 1.0, "ksm.saved_bytes", 4096.0, "ksm.sharing_ratio", 4.0)))
                .contains("is on", "4.0 KiB", "4.00");
    }

    @Test
    void swapoff_check_answers_by_its_exit_code_too() throws IOException {
        String verdict = json("swapoff-check", "--json").get("verdict").asText();
        assertThat(run("swapoff-check").exitCode())
                .isEqualTo(verdict.equals("fits") || verdict.equals("nothing_to_do") ? 0 : 1);
    }

    @Test
    void a_socket_of_this_process_is_among_the_listeners() throws IOException {
        Assumptions.assumeTrue(ToolRunner.ofThisHost().find(Tool.SS).isPresent(), "ss of iproute2 is missing");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(json("listeners", "--json").get("listeners").findValuesAsText("port"))
                    .contains(String.valueOf(socket.getLocalPort()));
        }
    }

    @Test
    void the_route_to_oneself_is_the_loopback() {
        Assumptions.assumeTrue(ToolRunner.ofThisHost().find(Tool.IP).isPresent(), "ip of iproute2 is missing");
        assertThat(run("route", "127.0.0.1").out()).contains("interface  lo", "table      local");
        CliRun name = run("route", "example.net");
        assertThat(name.exitCode()).isEqualTo(2);
        assertThat(name.err()).contains("\"example.net\" is not an IP address");
    }

    @Test
    void traffic_shows_every_interface() throws IOException {
        assertThat(json("traffic", "--json").get("interfaces").findValuesAsText("name"))
                .contains("lo");
    }

    @Test
    void boot_services_takes_one_choice() {
        assertThat(run("boot-services").exitCode()).isZero();
        assertThat(run("boot-services", "--target", "x.target", "--runlevel", "2")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void lvm_asks_for_a_command_and_refuses_what_is_no_volume() {
        assertThat(run("lvm").exitCode()).isEqualTo(2);
        assertThat(run("lvm", "merge", "--", "-x").exitCode()).isNotZero();
        CliRun run = run("lvm", "snapshot", "root", "--name", "a", "--size", "1GiB");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("a volume is written group/volume");
        assertThat(run("lvm", "snapshot", "vg/root", "--name", "a", "--size", "1G")
                        .err())
                .contains("can be read in two ways");
    }

    private String config() throws IOException {
        Path file = home.resolve("keepwatch.yml");
        Files.writeString(file, "host: web-1\nstate: " + home.resolve("state") + "\nroots: []\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    @Test
    void sar_takes_over_what_sysstat_wrote_and_shows_it_in_three_forms() throws IOException {
        Instant then = Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);
        Path file = home.resolve("sa.json");
        Files.writeString(
                file,
                Files.readString(CAPTURED)
                        .replace("2026-11-25", then.toString().substring(0, 10))
                        .replace("\"19:00:", "\"" + then.toString().substring(11, 14) + "00:"));
        String[] span = {
            "sar",
            "--config",
            config(),
            "--from",
            then.toString(),
            "--to",
            then.plusSeconds(3600).toString(),
            "--step",
            "1m"
        };
        CliRun text = run(with(span, "--import", file.toString()));
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.err()).contains("values taken from");
        assertThat(text.out()).contains("USER", "68.5%");
        CliRun csv = run(with(span, "--format", "csv"));
        assertThat(csv.out().lines().toList()).hasSize(2);
        assertThat(csv.out()).contains("\n" + then + ",0.685");
        JsonNode rows = new ObjectMapper()
                .readTree(run(with(span, "--format", "json")).out())
                .get("rows");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("load_one_minute").asDouble()).isEqualTo(7.12);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    @Test
    void sar_without_a_history_says_where_it_comes_from() throws IOException {
        CliRun run = run("sar", "--config", config());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("there is no history at ").contains("the daemon writes it");
        assertThat(run("sar", "--config", config(), "--from", "1h", "--to", "2h")
                        .exitCode())
                .isEqualTo(2);
    }
}
