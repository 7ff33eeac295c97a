package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.daemon.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process that gets signals. */
class HangUpSignalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SampleBackup backup;
    private final Path file;

    HangUpSignalTest(@TempDir Path home) throws IOException {
        backup = SampleBackup.in(home);
        file = backup.configFile().resolveSibling("workflows/rules.yml");
        Files.createDirectories(file.getParent());
    }

    private void write(String name) throws IOException {
        Files.writeString(
                file,
                "version: 1\nrules: {" + name + ": {on: {event: backup.failed}, steps: [{run: [echo, failed]}]}}\n");
    }

    private Path log() {
        return backup.configFile().resolveSibling("daemon.log");
    }

    private void awaitRule(String name, Process daemon) throws IOException {
        Path accepted = backup.state().resolve("accepted-rules.json");
        await().atMost(PATIENCE)
                .until(() -> !daemon.isAlive()
                        || (Files.exists(Daemon.socket(backup.state()))
                                && Files.readString(accepted).contains("{" + name + ":")));
        assertThat(daemon.isAlive()).as(Files.readString(log())).isTrue();
    }

    private static void signal(String name, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Processes inherit it, and Java leaves an ignored signal ignored. */
    private static boolean isIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream().anyMatch(line -> line.matches("SigIgn:\\s+[0-9a-f]*[13579bdf]"));
    }

    @Test
    void rules_are_loaded_anew_and_the_daemon_goes_on() throws Exception {
        assumeThat(isIgnored()).as("SIGHUP is ignored here, as by nohup").isFalse();
        write("one");
        FileTime written = Files.getLastModifiedTime(file);
        Process daemon = DaemonProcess.start(backup.configFile(), log());
        try {
            awaitRule("one", daemon);
            // With the same size and time the folder looks unchanged, so that only the signal can bring the new rule.
            write("two");
            Files.setLastModifiedTime(file, written);
            signal("HUP", daemon);
            awaitRule("two", daemon);

            signal("TERM", daemon);
            assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(daemon.exitValue()).as(Files.readString(log())).isZero();
        } finally {
            daemon.destroyForcibly();
        }
    }
}
