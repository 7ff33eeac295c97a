package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.daemon.Daemon;
import io.keepwatch.file.RawPath;
import io.keepwatch.http.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A root with hostile names, a configuration for the embedded store, and a daemon that can be started and stopped. */
final class SampleBackup implements AutoCloseable {
    static final int FILES = 5;
    /** A name whose bytes are no UTF-8, as {@code ls} shows it. */
    static final String NOT_UTF_8 = "caf\\xe9";

    private final Path home;
    private Optional<Daemon> daemon = Optional.empty();

    private SampleBackup(Path home) {
        this.home = home;
    }

    static SampleBackup in(Path home) throws IOException {
        SampleBackup backup = new SampleBackup(home.toRealPath());
        Files.createDirectories(backup.root().resolve("conf"));
        Files.writeString(backup.root().resolve("hello.txt"), "hello\n");
        Files.writeString(backup.root().resolve("conf/app.conf"), "port = 1\n");
        Files.writeString(backup.root().resolve("red\u001b[31m.txt"), "steers\n");
        Files.writeString(backup.root().resolve("set[1].txt"), "a set\n");
        Files.write(
                RawPath.of("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)).under(backup.root()), new byte[] {1});
        Files.writeString(backup.configFile(), """
                host: sample
                state: "%s"
                roots: [{path: "%s", name: files}]
                settle: {quiet: 50ms, max_delay: 1s}
                probes: off
                http: off
                """.formatted(backup.state(), backup.root()));
        Files.setPosixFilePermissions(backup.configFile(), PosixFilePermissions.fromString("rw-------"));
        return backup;
    }

    Path root() {
        return home.resolve("files");
    }

    Path state() {
        return home.resolve("state");
    }

    Path configFile() {
        return home.resolve("keepwatch.yml");
    }

    /** Starts the daemon and waits until everything that is there is durable. */
    SampleBackup start() throws IOException {
        daemon = Optional.of(Daemon.start(
                new ConfigLoader(CliRun.machine(home)).load(configFile()).config(), Clock.systemUTC()));
        awaitCurrent();
        return this;
    }

    SampleBackup stop() {
        daemon.ifPresent(Daemon::close);
        daemon = Optional.empty();
        return this;
    }

    Status awaitCurrent() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> daemon.orElseThrow()
                                .status()
                                .toCompletableFuture()
                                .join(),
                        status -> status.state().equals("current"));
    }

    CliRun run(String... args) {
        return CliRun.of(
                home,
                Stream.concat(
                                Stream.of(args),
                                Stream.of("--config", configFile().toString()))
                        .toArray(String[]::new));
    }

    /** Runs with {@code --json}; all of stdout must be one document. */
    JsonNode json(String... args) throws IOException {
        CliRun run = run(Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new));
        try (var values = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(run.out())) {
            JsonNode first = values.next();
            assertThat(values.hasNext()).as("a second document on stdout").isFalse();
            return first;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
