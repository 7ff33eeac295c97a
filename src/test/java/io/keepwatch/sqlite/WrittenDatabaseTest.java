package io.keepwatch.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies while another process writes at full speed. */
class WrittenDatabaseTest {
    private static final int COPIES = 20;

    @TempDir
    Path temporary;

    private final AtomicLong committed = new AtomicLong();
    private Path directory = Path.of("");
    private Optional<Process> writer = Optional.empty();

    @BeforeEach
    void make_the_directory() throws IOException {
        directory = Files.createDirectory(temporary.toRealPath().resolve("source"));
    }

    @AfterEach
    void stop_the_writer() throws InterruptedException {
        if (writer.isPresent()) {
            writer.get().destroyForcibly().waitFor();
        }
    }

    private void startWriter(String journalMode) throws IOException {
        Process started = DatabaseWriter.start(directory.resolve("a.db"), journalMode);
        writer = Optional.of(started);
        BufferedReader said = started.inputReader();
        Thread reader = new Thread(() -> said.lines().mapToLong(Long::parseLong).forEach(committed::set));
        reader.setDaemon(true);
        reader.start();
        await().until(() -> committed.get() > 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete", "persist", "truncate"})
    void every_copy_holds_all_that_was_committed_before_and_nothing_by_halves(String journalMode) throws Exception {
        startWriter(journalMode);
        RootDirectory root = new RootDirectory(directory);
        int made = 0;
        for (int attempt = 0; made < COPIES && attempt < 20 * COPIES; attempt++) {
            Path copy = temporary.resolve("copy-" + attempt + ".db");
            long before = committed.get();
            try {
                DatabaseCopy.make(root, RawPath.of("a.db"), copy);
            } catch (DatabaseBusyException e) {
                continue;
            }
            assertThat(SampleDatabase.transactions(copy)).isGreaterThanOrEqualTo(before);
            made++;
        }
        assertThat(made).isEqualTo(COPIES);
        assertThat(writer.orElseThrow().isAlive()).isTrue();
        long now = committed.get();
        await().untilAsserted(() -> assertThat(committed.get()).isGreaterThan(now));
    }
}
