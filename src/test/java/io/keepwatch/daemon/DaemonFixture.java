package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.backup.restore.RestoreReport;
import io.keepwatch.backup.restore.RestoreRequest;
import io.keepwatch.backup.restore.RestoreRoot;
import io.keepwatch.backup.restore.Restorer;
import io.keepwatch.backup.restore.VersionSource;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.file.TreeComparison;
import io.keepwatch.http.Status;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoredVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A watched directory, a daemon with its embedded S3 server, and a restore into an empty directory. */
class DaemonFixture {
    static final String ROOT = "data";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private int restores;
    private int marks;

    @TempDir
    Path temporary;

    @BeforeEach
    void make_the_watched_directory() throws IOException {
        Files.createDirectory(watched());
    }

    /** The directory is gone before its daemon otherwise, and a test that failed would hide behind that. */
    @AfterEach
    void stop_the_daemon() {
        running.ifPresent(Daemon::close);
        running = Optional.empty();
    }

    private Optional<Daemon> running = Optional.empty();

    Path watched() throws IOException {
        return temporary.toRealPath().resolve("watched");
    }

    Path state() throws IOException {
        return temporary.toRealPath().resolve("state");
    }

    /** Written as an administrator would; {@code store} is the YAML beneath {@code store:}, or empty for the embedded one. */
    Path writeConfig(String store) throws IOException {
        Path file = temporary.resolve("keepwatch.yml");
        Files.writeString(file, """
                host: test
                state: "%s"
                roots:
                  - {path: "%s", name: %s}
                settle: {quiet: 100ms, max_delay: 1s}
                probes: off
                http: {listen: "127.0.0.1:0"}
                %s
                """.formatted(state(), watched(), ROOT, store.isEmpty() ? "" : "store: " + store));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    Config config() throws IOException {
        return config("");
    }

    Config config(String store) throws IOException {
        return new ConfigLoader(Machine.current()).load(writeConfig(store)).config();
    }

    Daemon start() throws IOException {
        return start(config());
    }

    /** Stopped after the test at the latest. */
    Daemon start(Config config) throws IOException {
        return keep(Daemon.start(config, Clock.systemUTC()));
    }

    /** Stopped after the test at the latest. */
    Daemon keep(Daemon daemon) {
        running = Optional.of(daemon);
        return daemon;
    }

    void stop(Daemon daemon) {
        running = Optional.empty();
        daemon.close();
    }

    static Status status(Daemon daemon) {
        return daemon.status().toCompletableFuture().join();
    }

    static Status awaitStatus(Daemon daemon, Predicate<Status> wanted) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> status(daemon), wanted);
    }

    /**
     * Waits until all that happened before is durable. The kernel tells of changes in their order, but the JDK hands them
     * out directory by directory, and a directory keeps its place in that queue while more is told of it. So the first
     * mark may overtake changes elsewhere; a second one, made after the first was handed out, is behind them all.
     */
    void awaitDurable(Daemon daemon) throws IOException {
        for (int i = 0; i < 2; i++) {
            Path mark = watched().resolve("mark");
            Files.writeString(mark, "mark " + marks++);
            try (CatalogReader catalog = CatalogReader.open(state())) {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isDurable(catalog, mark));
            }
        }
        awaitStatus(daemon, status -> status.state().equals("current"));
    }

    boolean isDurable(CatalogReader catalog, Path file) throws IOException {
        var stored = catalog.stored(ROOT, RawPath.between(watched(), file));
        try {
            var stat = StatReader.lstat(file);
            return stored.filter(known -> known.stat().sameAs(stat)).isPresent();
        } catch (NoSuchFileException e) {
            return stored.isEmpty();
        }
    }

    /** Restores into an empty directory, beside the daemon or without one, and compares everything. */
    void assertRestoresExactly() throws IOException {
        Path target = restore();
        assertThat(TreeComparison.differences(watched(), target)).isEmpty();
    }

    Path restore() throws IOException {
        return restore(Optional.empty());
    }

    /** As of that time, or the newest. */
    Path restore(Optional<Instant> at) throws IOException {
        Path target = temporary.toRealPath().resolve("restored-" + restores++);
        ExecutorService workers = Executors.newFixedThreadPool(Restorer.PARALLEL);
        try (CatalogReader catalog = CatalogReader.open(state());
                Backend backend = Backend.reading(loaded(), catalog, Clock.systemUTC())) {
            VersionSource versions = (root, prefix, time, each) -> catalog.forEachAt(
                    root,
                    prefix,
                    time,
                    false,
                    row -> each.accept(new StoredVersion(
                            row.version(), new Location(row.location().orElse("")))));
            Restorer restorer = new Restorer(
                    versions, backend.layout(), List.of(new RestoreRoot(ROOT, watched())), workers, Restorer.PARALLEL);
            RestoreRequest newest =
                    RestoreRequest.of(List.of(ROOT)).into(target).withDevices();
            RestoreReport report = restorer.restore(at.map(newest::at).orElse(newest), progress -> {});
            assertThat(report.failedNotes()).isEmpty();
            assertThat(report.isComplete()).isTrue();
            return target;
        } finally {
            workers.shutdownNow();
        }
    }

    private Config loaded() throws IOException {
        return new ConfigLoader(Machine.current())
                .load(temporary.resolve("keepwatch.yml"))
                .config();
    }

    static long requests(Daemon daemon) {
        return status(daemon).requests().sinceStart().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many differences a comparison of the whole root finds now. */
    long reconcile() throws IOException {
        return new DaemonClient(state()).backup(watched()).changes();
    }

    static boolean isRoot() {
        return Machine.current().isRoot();
    }
}
