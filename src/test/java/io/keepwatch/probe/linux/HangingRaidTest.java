package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.Unread;
import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.PartlyReadException;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.threshold.DefaultThresholds;
import io.keepwatch.threshold.ThresholdTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that hang as long as a file is there, or are not allowed to read, beside others that answer. */
class HangingRaidTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String MDSTAT = """
            Personalities : [raid1]
            md0 : active raid1 sda1[0]
                  1048512 blocks super 1.2 [2/1] [U_]

            unused devices: <none>
            """;

    private final FolderHost host;
    private final ScriptedTools tools;
    private final Path busy;
    private final RaidStateProbe probe;
    private final ThresholdTracker tracker = new ThresholdTracker(DefaultThresholds.all());

    HangingRaidTest(@TempDir Path root) throws IOException {
        this.host = new FolderHost(root).write("proc/mdstat", MDSTAT);
        this.tools = new ScriptedTools(Files.createDirectory(root.resolve("bin")));
        this.busy = Files.createFile(root.resolve("busy"));
        this.probe = new RaidStateProbe(host.proc(), host.sys(), tools.runner(), Duration.ofSeconds(1));
    }

    @AfterEach
    void let_go() throws IOException {
        Files.deleteIfExists(busy);
        // What still runs has the folder of the test.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("keepwatch-probe-")));
    }

    private String hangs(String answer) {
        return "while [ -e '" + busy + "' ]; do sleep 0.05; done; " + answer;
    }

    private List<Reading> partly(String... silent) {
        PartlyReadException partly = catchThrowableOfType(PartlyReadException.class, probe::read);
        assertThat(partly.unread().kinds()).containsExactlyInAnyOrder(silent);
        return partly.readings();
    }

    private static List<String> arrays(List<Reading> readings) {
        return readings.stream().map(Reading::subject).distinct().toList();
    }

    @Test
    void what_answers_is_told_however_many_others_hang() throws IOException {
        for (Tool tool : List.of(Tool.PERCCLI, Tool.SSACLI, Tool.ARCCONF)) {
            tools.script(tool, hangs("exit 1"));
        }
        tools.script(Tool.ZPOOL, hangs("printf 'tank\\tONLINE\\n'; [ \"$1\" = list ]"))
                .prints(Tool.STORCLI, ScriptedTools.captured("tools/storcli.json"), 0);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(arrays(partly("zfs", "perccli64", "ssacli", "arcconf")))
                        .containsExactly("md0", "c0/v0", "c0/v1", "c0/v2"));
        Files.delete(busy);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(arrays(partly("perccli64", "ssacli", "arcconf")))
                        .containsExactly("md0", "tank", "c0/v0", "c0/v1", "c0/v2"));
    }

    @Test
    void a_tool_that_hangs_is_not_started_again_meanwhile(@TempDir Path folder) throws IOException {
        Path starts = folder.resolve("starts");
        tools.script(Tool.SSACLI, "echo . >> '" + starts + "'; " + hangs("echo 'No controllers detected'"));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            partly("ssacli");
            assertThat(starts).exists();
        });
        partly("ssacli");
        assertThat(starts).hasContent(".");
        Files.delete(busy);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(arrays(probe.read())).containsExactly("md0"));
    }

    private List<String> told(List<Reading> readings, Optional<Unread> unread) {
        return tracker.update(new ProbeRead(NOW, "raid.state", readings, Duration.ZERO, unread)).stream()
                .map(ThresholdCrossed::detail)
                .toList();
    }

    @Test
    void an_array_that_went_is_told_although_another_kind_cannot_be_read() throws IOException {
        tools.prints(Tool.STORCLI, ScriptedTools.captured("tools/storcli.json"), 0);
        await().atMost(Duration.ofSeconds(20)).until(() -> arrays(probe.read()).size() == 4);
        told(probe.read(), Optional.empty());
        tools.prints(Tool.STORCLI, "the controller is busy", 1);
        host.write("proc/mdstat", "unused devices: <none>\n");
        PartlyReadException partly = catchThrowableOfType(PartlyReadException.class, probe::read);
        assertThat(partly.readings()).isEmpty();
        assertThat(told(partly.readings(), Optional.of(partly.unread())))
                .containsExactlyInAnyOrder("md0 is no longer there", "gone: md0");
        assertThat(tracker.open(NOW)).extracting(alert -> alert.subject()).contains("c0/v1", "c0/v2");
    }

    @Test
    void a_tool_without_the_rights_counts_as_one_that_is_not_there() throws IOException {
        host.write("sys/block/dm-0/dm/uuid", "LVM-abc\n");
        tools.script(Tool.LVS, """
                echo '  WARNING: Running as a non-root user. Functionality may be unavailable.' >&2
                echo '  /run/lock/lvm/P_global:aux: open failed: Permission denied' >&2
                exit 5""")
                .script(Tool.SSACLI, "echo 'Error: You need to have administrator rights to continue.'; exit 1")
                .script(Tool.ZPOOL, "echo 'Permission denied the ZFS utilities must be run as root.' >&2; exit 1");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(arrays(probe.read())).containsExactly("md0"));
        assertThat(new LvmSnapshotProbe(host.sys(), tools.runner()).read()).isEmpty();
        assertThat(new LvmPoolProbe(host.sys(), tools.runner()).read()).isEmpty();
    }
}
