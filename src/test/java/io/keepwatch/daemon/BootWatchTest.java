package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Event;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.ProbeRunner;
import io.keepwatch.probe.linux.BootServices;
import io.keepwatch.probe.linux.ServiceBootProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder stands in for the host, and the probe has an interval of an hour: only the watch can be the cause of a read. */
class BootWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String WANTS = "etc/systemd/system/multi-user.target.wants";

    private final Path root;
    private final ConcurrentLinkedDeque<ProbeRead> reads = new ConcurrentLinkedDeque<>();
    private final ProbeRunner runner;
    private final BootWatch watch;

    BootWatchTest(@TempDir Path root) throws IOException {
        this.root = root.toRealPath();
        new FolderHost(this.root)
                .write("usr/lib/systemd/system/multi-user.target", "[Unit]\n")
                .write("usr/lib/systemd/system/cron.service", "[Service]\n")
                .write("usr/lib/systemd/system/late.service", "[Service]\n")
                .write("etc/rc2.d/README", "");
        Files.createDirectories(this.root.resolve("etc/systemd/system"));
        Files.createSymbolicLink(this.root.resolve("etc/systemd/system/default.target"), Path.of("multi-user.target"));
        this.runner = new ProbeRunner(
                List.of(new ProbeRunner.Entry(new ServiceBootProbe(this.root), Duration.ofHours(1))),
                Runnable::run,
                () -> NOW,
                System::nanoTime,
                this::take);
        this.watch = new BootWatch(
                new BootServices(this.root), Executors.defaultThreadFactory(), () -> runner.readSoon("service.boot"));
        runner.tick();
        watch.start();
    }

    @AfterEach
    void close() throws IOException {
        watch.close();
        Files.deleteIfExists(root.resolve("etc/systemd/system/default.target"));
    }

    private void take(Event event) {
        if (event instanceof ProbeRead read) {
            reads.add(read);
        }
    }

    private void await(String... subjects) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            runner.tick();
            assertThat(reads.getLast().readings()).extracting(Reading::subject).containsExactlyInAnyOrder(subjects);
        });
    }

    @Test
    void a_service_that_is_enabled_in_a_folder_that_is_made_for_it_is_seen() throws IOException {
        await();
        Path link = root.resolve(WANTS).resolve("cron.service");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("../../../../usr/lib/systemd/system/cron.service"));
        await("systemd cron.service");
        Path late = link.resolveSibling("late.service");
        Files.createSymbolicLink(late, Path.of("../../../../usr/lib/systemd/system/late.service"));
        await("systemd cron.service", "systemd late.service");
        Files.delete(link);
        await("systemd late.service");
        Files.delete(late);
        await();
        assertThat(reads).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void a_script_of_system_v_is_seen() throws IOException {
        await();
        Files.writeString(root.resolve("etc/rc2.d/S20ssh"), "");
        await("sysv ssh");
    }
}
