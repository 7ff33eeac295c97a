package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.backup.Verifier;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.State;
import io.keepwatch.cli.DaemonProcess;
import io.keepwatch.config.Config;
import io.keepwatch.file.RawPath;
import io.keepwatch.unit.Ratio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The daemon as a process that is killed. The long form: {@code ./mvnw -P long test -Dtest=KillTest}. */
class KillTest extends DaemonFixture {
    private static final int KILLS = Boolean.getBoolean("keepwatch.long") ? 50 : 5;

    private final List<Process> processes = new ArrayList<>();
    private final Random random = new Random(4711);

    @AfterEach
    void end_all_processes() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process run(Path configFile) throws IOException {
        Process process = DaemonProcess.start(configFile, log());
        processes.add(process);
        return process;
    }

    private Path log() {
        return temporary.resolve("daemon.log");
    }

    private void awaitSocket(Process process) throws IOException {
        Path socket = Daemon.socket(state());
        await().atMost(PATIENCE).until(() -> Files.exists(socket) || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
    }

    private void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Every current version that no upload was about to replace has its bytes in the bucket. */
    private long verify(Config config) throws IOException {
        List<String> problems = new ArrayList<>();
        try (CatalogReader catalog = CatalogReader.open(state());
                Backend backend = Backend.reading(config, catalog, Clock.systemUTC())) {
            Verifier.ReadReport report =
                    new Verifier(catalog, backend.layout(), random, problems::add).readShare(new Ratio(1));
            problems.removeIf(problem -> isBeingReplaced(catalog, problem));
            assertThat(problems).isEmpty();
            return report.files();
        }
    }

    /** The mirror keeps one object a path: while a newer version is under way, the object may be that one already. */
    private static boolean isBeingReplaced(CatalogReader catalog, String problem) {
        RawPath path = RawPath.of(problem.substring(1, problem.indexOf('"', 1)));
        return catalog.versions(ROOT, path).stream().map(CatalogVersion::state).anyMatch(State.UPLOADING::equals);
    }

    @Test
    void a_daemon_that_is_killed_loses_nothing_that_was_durable_and_catches_up() throws Exception {
        Config config = config();
        Path configFile = writeConfig("");
        TreeChurn churn = new TreeChurn(watched(), 99);
        churn.steps(100);
        long verified = 0;
        for (int i = 0; i < KILLS; i++) {
            Files.deleteIfExists(Daemon.socket(state()));
            Process process = run(configFile);
            if (random.nextInt(5) > 0) {
                awaitSocket(process);
            }
            if (i == 0) {
                // Something must be durable before the first kill, or the rest would prove nothing.
                DaemonClient client = new DaemonClient(state());
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> client.status().roots().get(0).files() > 0);
            }
            churn.steps(random.nextInt(400));
            kill(process);
            churn.steps(random.nextInt(20));
            if (Files.exists(state().resolve("catalog.db"))) {
                verified += verify(config);
            }
        }
        assertThat(verified).isPositive();
        Daemon daemon = start();
        awaitDurable(daemon);
        assertRestoresExactly();
        assertThat(verify(config)).isPositive();
    }

    @Test
    void a_daemon_that_is_asked_to_end_finishes_its_work_first() throws Exception {
        Process process = run(writeConfig(""));
        awaitSocket(process);
        DaemonClient client = new DaemonClient(state());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.status().state().equals("current"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(watched().resolve("f" + i), "file " + i);
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.status().state().equals("behind"));
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log())).isZero();
        assertThat(Daemon.socket(state())).doesNotExist();
        try (CatalogReader catalog = CatalogReader.open(state())) {
            assertThat(catalog.backlog().pending() + catalog.backlog().uploading())
                    .isZero();
            assertThat(isDurable(catalog, watched().resolve("f299"))).isTrue();
        }
        assertRestoresExactly();
    }
}
