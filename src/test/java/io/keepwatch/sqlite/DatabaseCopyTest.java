package io.keepwatch.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.HashedFile;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.file.StatReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCopyTest {
    private static final RawPath PATH = RawPath.of("a.db");

    @TempDir
    Path temporary;

    private Path source = Path.of("");
    private Path spool = Path.of("");

    @BeforeEach
    void make_the_directories() throws IOException {
        source = Files.createDirectory(temporary.toRealPath().resolve("source %3f?#"));
        spool = Files.createDirectory(temporary.toRealPath().resolve("spool"));
    }

    private RootDirectory root() {
        return new RootDirectory(source);
    }

    private SampleDatabase create(String journalMode) throws Exception {
        return SampleDatabase.create(source.resolve("a.db"), journalMode);
    }

    /** Copies, checks that the source is as it was and that nothing else is left, and counts what the copy holds. */
    private long copied() throws Exception {
        return copied(true);
    }

    /** @param whole false: a program in this process has the shared memory open for writing, and so have we */
    private long copied(boolean whole) throws Exception {
        await().until(() -> DatabaseState.look(root(), PATH)
                .combined()
                .changed()
                .isBefore(Instant.now().minusMillis(60)));
        Map<String, String> before = SampleDatabase.snapshot(source);
        Path copy = spool.resolve("copy");
        HashedFile file = DatabaseCopy.make(root(), PATH, copy);
        Map<String, String> after = SampleDatabase.snapshot(source);
        if (!whole) {
            assertThat(after.remove("a.db-shm") == null).isEqualTo(before.remove("a.db-shm") == null);
        }
        assertThat(after).isEqualTo(before);
        assertThat(names(spool)).containsExactly("copy");
        assertThat(file.content().lengthBytes()).isEqualTo(Files.size(copy));
        assertThat(file.meta().stat().sizeBytes()).isEqualTo(Files.size(copy));
        try (var in = file.content().open(0)) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(copy));
        }
        return SampleDatabase.transactions(copy);
    }

    private static Stream<String> names(Path directory) throws IOException {
        return SampleDatabase.snapshot(directory).keySet().stream();
    }

    /** As a crash leaves it: the files as they are now, without the program. */
    private void crash(SampleDatabase database, String... files) throws Exception {
        Path left = Files.createDirectory(temporary.resolve("left"));
        for (String file : files) {
            Files.copy(source.resolve(file), left.resolve(file));
        }
        database.close();
        try (Stream<Path> old = Files.list(source)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        for (String file : files) {
            Files.copy(left.resolve(file), source.resolve(file));
        }
    }

    @Test
    void a_database_at_rest() throws Exception {
        try (SampleDatabase database = create("delete")) {
            database.commit();
            database.commit();
        }
        assertThat(copied()).isEqualTo(2);
    }

    @Test
    void a_database_with_a_log_at_rest_gets_no_log_by_being_copied() throws Exception {
        try (SampleDatabase database = create("wal")) {
            database.commit();
        }
        assertThat(names(source)).containsExactly("a.db");
        assertThat(copied()).isEqualTo(1);
    }

    @Test
    void what_is_in_the_log_alone_is_in_the_copy() throws Exception {
        try (SampleDatabase database = create("wal")) {
            database.run("PRAGMA wal_checkpoint(TRUNCATE)");
            byte[] file = Files.readAllBytes(source.resolve("a.db"));
            database.commit();
            database.commit();
            assertThat(Files.readAllBytes(source.resolve("a.db"))).isEqualTo(file);
            assertThat(copied(false)).isEqualTo(2);
        }
    }

    @Test
    void another_process_that_has_it_open_notices_nothing() throws Exception {
        Process writer = DatabaseWriter.start(source.resolve("a.db"), "wal", "3");
        try (BufferedReader said = writer.inputReader()) {
            for (String line = said.readLine(); !"3".equals(line); line = said.readLine()) {
                assertThat(line).isNotNull();
            }
            assertThat(copied()).isEqualTo(3);
        } finally {
            writer.destroyForcibly().waitFor();
        }
        Files.delete(spool.resolve("copy"));
        assertThat(copied()).isEqualTo(3);
    }

    @Test
    void what_is_not_committed_is_not_in_the_copy() throws Exception {
        for (String mode : new String[] {"wal", "delete", "persist"}) {
            try (SampleDatabase database = create(mode)) {
                database.commit();
                database.begin();
                assertThat(copied(false)).isEqualTo(1);
            }
            Files.delete(source.resolve("a.db"));
            Files.deleteIfExists(source.resolve("a.db-journal"));
            Files.delete(spool.resolve("copy"));
        }
    }

    @Test
    void the_log_that_a_crash_left_is_in_the_copy() throws Exception {
        SampleDatabase database = create("wal");
        database.commit();
        crash(database, "a.db", "a.db-wal", "a.db-shm");
        assertThat(copied()).isEqualTo(1);
    }

    @Test
    void a_log_without_its_shared_memory_is_in_the_copy() throws Exception {
        SampleDatabase database = create("wal");
        database.commit();
        crash(database, "a.db", "a.db-wal");
        assertThat(copied()).isEqualTo(1);
    }

    @Test
    void a_change_that_a_crash_broke_off_is_undone_in_the_copy_alone() throws Exception {
        SampleDatabase database = create("delete");
        database.commit();
        database.run("PRAGMA cache_size=1");
        database.begin();
        long size = Files.size(source.resolve("a.db"));
        database.run(
                "WITH RECURSIVE s(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM s WHERE i < 200) INSERT INTO one SELECT i, zeroblob(3000) FROM s");
        assertThat(Files.size(source.resolve("a.db"))).isGreaterThan(size);
        crash(database, "a.db", "a.db-journal");
        assertThat(copied()).isEqualTo(1);
    }

    @Test
    void the_stat_is_that_of_the_file_with_the_time_of_the_log() throws Exception {
        try (SampleDatabase database = create("wal")) {
            database.commit();
            HashedFile file = DatabaseCopy.make(root(), PATH, spool.resolve("copy"));
            assertThat(file.meta().stat().modified())
                    .isEqualTo(StatReader.lstat(source.resolve("a.db")).modified());
            assertThat(file.meta().stat().changed())
                    .isEqualTo(StatReader.lstat(source.resolve("a.db-wal")).modified());
        }
    }

    @Test
    void two_copies_of_the_same_state_are_the_same_bytes() throws Exception {
        try (SampleDatabase database = create("wal")) {
            database.commit();
            HashedFile first = DatabaseCopy.make(root(), PATH, spool.resolve("first"));
            HashedFile second = DatabaseCopy.make(root(), PATH, spool.resolve("second"));
            assertThat(first.hash()).isEqualTo(second.hash());
            database.run("PRAGMA wal_checkpoint(TRUNCATE)");
            HashedFile third = DatabaseCopy.make(root(), PATH, spool.resolve("third"));
            assertThat(third.hash()).isEqualTo(first.hash());
        }
    }

    @Test
    void a_locked_database_is_busy() throws Exception {
        try (SampleDatabase database = create("delete")) {
            database.commit();
            database.run("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> DatabaseCopy.make(root(), PATH, spool.resolve("copy")))
                    .isInstanceOf(DatabaseBusyException.class)
                    .hasMessageContaining("a.db");
        }
        assertThat(names(spool)).isEmpty();
    }

    @Test
    void what_only_begins_as_a_database_is_refused() throws Exception {
        byte[] bytes = new byte[4096];
        Arrays.fill(bytes, (byte) 'x');
        System.arraycopy("SQLite format 3\0".getBytes(US_ASCII), 0, bytes, 0, 16);
        Files.write(source.resolve("a.db"), bytes);
        assertThat(DatabaseState.isDatabase(root(), PATH)).isTrue();
        assertThatThrownBy(() -> DatabaseCopy.make(root(), PATH, spool.resolve("copy")))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("a.db");
        assertThat(names(spool)).isEmpty();
    }

    @Test
    void a_file_that_begins_otherwise_or_is_too_short_is_no_database() throws Exception {
        Files.write(source.resolve("a.db"), new byte[4096]);
        assertThat(DatabaseState.isDatabase(root(), PATH)).isFalse();
        Files.writeString(source.resolve("a.db"), "SQLite format 3\0");
        assertThat(DatabaseState.isDatabase(root(), PATH)).isFalse();
    }

    @Test
    void another_database_in_its_place_is_noticed() throws Exception {
        assumeTrue(HeldDirectory.isSafeFromRaces(), "only Linux tells what is open");
        create("delete").close();
        SampleDatabase.create(source.resolve("secret.db"), "delete").close();
        try (HeldEntry held = root().hold(PATH);
                SourceConnection swapped = SourceConnection.open(root(), RawPath.of("secret.db"), "?mode=ro")) {
            assertThatThrownBy(() -> swapped.requireSame(held)).isInstanceOf(DatabaseBusyException.class);
        }
        try (HeldEntry held = root().hold(PATH);
                SourceConnection same = SourceConnection.open(root(), PATH, "?mode=ro")) {
            same.requireSame(held);
        }
    }
}
