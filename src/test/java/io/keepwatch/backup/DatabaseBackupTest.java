package io.keepwatch.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.event.DatabaseNotCopied;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.file.RawPath;
import io.keepwatch.sqlite.SampleDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseBackupTest extends BackupFixture {
    private SampleDatabase database;

    @BeforeEach
    void make_a_database() throws Exception {
        database = SampleDatabase.create(tree.resolve("a.db"), "wal");
        database.run("PRAGMA wal_checkpoint(TRUNCATE)");
        database.commit();
    }

    @AfterEach
    void close_the_database() throws Exception {
        database.close();
    }

    /** How many transactions the stored version holds, on its own. */
    private long stored() throws Exception {
        Path restored = temporary.resolve("restored.db");
        Files.write(restored, bytes("a.db"));
        return SampleDatabase.transactions(restored);
    }

    private boolean isInconsistent() {
        return current("a.db").map(CatalogVersion::version).orElseThrow().inconsistent();
    }

    private void backUpAll() {
        reconcile();
        for (int i = 0; i < 20 && backlog().pending() > 0; i++) {
            flushAll();
            clock.advance(Duration.ofMinutes(15));
        }
        assertNothingWaits();
    }

    @Test
    void what_is_in_the_log_alone_is_stored_and_the_log_is_not() throws Exception {
        backUpAll();
        assertThat(stored()).isEqualTo(1);
        assertThat(isInconsistent()).isFalse();
        assertThat(current("a.db-wal")).isEmpty();
        assertThat(current("a.db-shm")).isEmpty();
        assertThat(events(FileSkipped.class))
                .extracting(event -> event.path().toString())
                .containsExactlyInAnyOrder("a.db-wal", "a.db-shm");
        backUpAll();
        assertThat(events(FileSkipped.class)).hasSize(2);
    }

    @Test
    void a_change_of_the_log_alone_is_stored() throws Exception {
        backUpAll();
        byte[] file = Files.readAllBytes(tree.resolve("a.db"));
        database.commit();
        assertThat(Files.readAllBytes(tree.resolve("a.db"))).isEqualTo(file);
        changed("a.db-wal");
        flushAll();
        assertThat(stored()).isEqualTo(2);
        assertNothingWaits();
    }

    @Test
    void an_unchanged_database_is_not_copied_again() throws Exception {
        backUpAll();
        assertThat(store.requests()).isNotEmpty();
        // A copy would have nowhere to go, and say so.
        Files.delete(state.resolve("spool"));
        backUpAll();
        changed("a.db", "a.db-wal", "a.db-shm");
        backUpAll();
        assertThat(events(DatabaseNotCopied.class)).isEmpty();
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void a_database_that_stays_locked_is_stored_as_it_is_until_it_can_be_copied() throws Exception {
        database.run("PRAGMA journal_mode=delete");
        database.run("BEGIN EXCLUSIVE");
        write("a.db-wal", "what may be needed to repair it");
        backUpAll();
        assertThat(isInconsistent()).isTrue();
        assertThat(bytes("a.db")).isEqualTo(Files.readAllBytes(tree.resolve("a.db")));
        assertThat(stored("a.db-wal")).isEqualTo("what may be needed to repair it");
        assertThat(events(DatabaseNotCopied.class)).isNotEmpty();
        database.run("COMMIT");
        backUpAll();
        assertThat(isInconsistent()).isFalse();
        assertThat(stored()).isEqualTo(1);
        assertThat(current("a.db-wal")).isEmpty();
    }

    @Test
    void what_only_begins_as_a_database_is_stored_as_it_is() throws Exception {
        byte[] bytes = new byte[4096];
        Arrays.fill(bytes, (byte) 'x');
        System.arraycopy("SQLite format 3\0".getBytes(US_ASCII), 0, bytes, 0, 16);
        Files.write(tree.resolve("broken"), bytes);
        backUpAll();
        assertThat(bytes("broken")).isEqualTo(bytes);
        assertThat(events(DatabaseNotCopied.class))
                .extracting(event -> event.path().toString())
                .containsExactly("broken");
    }

    @Test
    void names_alone_make_no_database() throws IOException {
        write("notes", "text");
        write("notes-wal", "text");
        write("alone-journal", "text");
        backUpAll();
        assertThat(stored("notes-wal")).isEqualTo("text");
        assertThat(stored("alone-journal")).isEqualTo("text");
    }

    @Test
    void switched_off_every_file_is_stored_as_it_is() throws Exception {
        databaseRoots = Set.of();
        restart();
        backUpAll();
        assertThat(bytes("a.db")).isEqualTo(Files.readAllBytes(tree.resolve("a.db")));
        assertThat(bytes("a.db-wal")).isEqualTo(Files.readAllBytes(tree.resolve("a.db-wal")));
        databaseRoots = Set.of(ROOT);
        restart();
        database.commit();
        changed("a.db-wal");
        backUpAll();
        assertThat(stored()).isEqualTo(2);
        assertThat(current("a.db-wal")).isEmpty();
    }

    @Test
    void nothing_is_left_in_the_spool() throws Exception {
        backUpAll();
        database.run("PRAGMA wal_checkpoint(TRUNCATE)");
        changed("a.db");
        backUpAll();
        try (var files = Files.list(state.resolve("spool"))) {
            assertThat(files).isEmpty();
        }
    }

    private byte[] bytes(String path) throws IOException {
        return content(catalog().reader().current(ROOT, RawPath.of(path)).orElseThrow());
    }
}
