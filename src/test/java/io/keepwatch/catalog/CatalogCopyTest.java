package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.ROOT;
import static io.keepwatch.catalog.Samples.at;
import static io.keepwatch.catalog.Samples.change;
import static io.keepwatch.catalog.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.RawPath;
import io.keepwatch.sqlite.own.Database;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCopyTest {
    @TempDir
    Path directory;

    private Path source;
    private Path copy;
    private Path target;

    @BeforeEach
    void choosePlaces() {
        source = directory.resolve("source");
        copy = directory.resolve("copy? of 100% #1.db");
        target = directory.resolve("lib/target");
    }

    private void copySource() {
        try (Catalog catalog = Catalog.open(source)) {
            catalog.copyTo(copy);
        }
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_copy_holds_what_was_committed_and_is_for_its_owner_alone() throws IOException, SQLException {
        try (OpenCatalog open = new OpenCatalog(source)) {
            open.durable(file("a", 1, 0));
            open.catalog().copyTo(copy);
            open.durable(file("b", 1, 0));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(namesIn(directory)).containsExactly("copy? of 100% #1.db", "source");
        try (Database database = Database.openReadOnly(copy)) {
            assertThat(database.number("SELECT count(*) FROM version")).isEqualTo(1);
        }
    }

    @Test
    void a_copy_is_one_state_while_writing_goes_on() throws SQLException {
        try (Catalog catalog = Catalog.open(source)) {
            AtomicBoolean copied = new AtomicBoolean();
            CompletableFuture<Integer> pairs = CompletableFuture.supplyAsync(() -> {
                int pair = 0;
                while (!copied.get() || pair < 20) {
                    catalog.addPending(List.of(change(file("a" + pair, 1, 0)), change(file("b" + pair, 1, 0))))
                            .join();
                    pair++;
                }
                return pair;
            });
            catalog.copyTo(copy);
            copied.set(true);

            try (Database database = Database.openReadOnly(copy)) {
                assertThat(database.number("SELECT count(*) FROM version") % 2).isZero();
            }
            assertThat(pairs.join()).isGreaterThanOrEqualTo(20);
            assertThat(catalog.reader().backlog().pending()).isEqualTo(2L * pairs.join());
        }
    }

    @Test
    void a_copy_never_replaces_a_file() throws IOException {
        Files.writeString(copy, "mine");

        assertThatThrownBy(this::copySource)
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll(copy.toString(), "already");
        assertThat(copy).hasContent("mine");
    }

    @Test
    void a_copy_that_does_not_succeed_leaves_no_file() {
        try (Catalog catalog = Catalog.open(source)) {
            Path nowhere = directory.resolve("missing/copy.db");
            assertThatThrownBy(() -> catalog.copyTo(nowhere))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining(nowhere.toString());
        }
    }

    @Test
    void a_copy_in_place_goes_on_under_a_new_epoch() {
        String epoch;
        long sequence;
        try (OpenCatalog open = new OpenCatalog(source)) {
            open.durable(file("a", 1, 0));
            open.uploading(file("b", 1, 0));
            open.pending(file("c", 1, 0));
            epoch = open.catalog().packs().epoch();
            PackNumber number = open.catalog().packs().reserve().join();
            sequence = number.sequence();
            open.catalog()
                    .packs()
                    .stage(new PackRecord("0/x/0000000001", 0, number, 9, "", Optional.empty()), List.of(), Map.of())
                    .join();
            open.catalog().copyTo(copy);
        }

        Catalog.installCopy(target, copy);

        try (OpenCatalog open = new OpenCatalog(target)) {
            assertThat(open.reader().current(ROOT, RawPath.of("a"))).isPresent();
            assertThat(open.reader().claimable(9, at(0)))
                    .extracting(row -> row.version().path().toString())
                    .containsExactlyInAnyOrder("b", "c");
            assertThat(open.catalog().packs().epoch()).isNotEqualTo(epoch);
            assertThat(open.catalog().packs().reserve().join().sequence()).isGreaterThan(sequence);
            assertThat(open.reader().packs().staged())
                    .extracting(PackRecord::name)
                    .containsExactly("0/x/0000000001");
            open.catalog().check();
        }
    }

    @Test
    void a_copy_in_place_can_be_read_without_a_daemon_and_leaves_nothing_beside_it() throws IOException {
        copySource();

        Catalog.installCopy(target, copy);

        assertThat(namesIn(target))
                .filteredOn(name -> name.startsWith("catalog.db"))
                .containsExactly("catalog.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("catalog.db"))))
                .isEqualTo("rw-------");
        try (CatalogReader reader = CatalogReader.open(target)) {
            assertThat(reader.setting(PackNumbers.EPOCH)).isPresent();
        }
    }

    @Test
    void a_catalog_is_never_replaced() {
        copySource();
        try (OpenCatalog open = new OpenCatalog(target)) {
            open.durable(file("mine", 1, 0));
        }

        assertThatThrownBy(() -> Catalog.installCopy(target, copy))
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll(target.resolve("catalog.db").toString(), "move all files");
        try (CatalogReader reader = CatalogReader.open(target)) {
            assertThat(reader.current(ROOT, RawPath.of("mine"))).isPresent();
        }
    }

    @Test
    void the_log_of_another_catalog_is_not_taken_for_its_own() throws IOException {
        copySource();
        Files.createDirectories(target);
        Files.writeString(target.resolve("catalog.db-wal"), "pages of another file");

        assertThatThrownBy(() -> Catalog.installCopy(target, copy)).hasMessageContaining("catalog.db-wal");
    }

    @Test
    void a_directory_in_use_is_refused() {
        copySource();
        try (Catalog running = Catalog.open(target)) {
            assertThatThrownBy(() -> Catalog.installCopy(target, copy)).isInstanceOf(CatalogLockedException.class);
            assertThat(running.packs().reserve().join().sequence()).isEqualTo(1);
        }
    }

    @Test
    void a_damaged_copy_is_refused_and_leaves_nothing() throws IOException {
        try (Catalog catalog = Catalog.open(source)) {
            catalog.addPending(IntStream.range(0, 2_000)
                            .mapToObj(number -> change(file("a/" + number, 1, 0)))
                            .toList())
                    .join();
            catalog.copyTo(copy);
        }
        try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
            file.seek(20 * 4096);
            file.write(new byte[40 * 4096]);
        }

        assertThatThrownBy(() -> Catalog.installCopy(target, copy))
                .isInstanceOf(CatalogCorruptException.class)
                .hasMessageContaining(copy.toString());
        assertThat(namesIn(target)).noneMatch(name -> name.startsWith("catalog.db"));
        Catalog.open(target).close();
    }

    @Test
    void what_is_no_catalog_is_refused() throws IOException {
        Files.createFile(copy);
        assertThatThrownBy(() -> Catalog.installCopy(target, copy)).hasMessageContaining("holds no catalog");

        Files.writeString(copy, "a text that is as long as the head of a database would be at least".repeat(40));
        assertThatThrownBy(() -> Catalog.installCopy(target, copy)).isInstanceOf(CatalogCorruptException.class);
        assertThat(target.resolve("catalog.db")).doesNotExist();
    }

    @Test
    void a_copy_from_a_newer_program_is_refused() throws SQLException {
        copySource();
        try (Database database = Database.openWritable(copy)) {
            database.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> Catalog.installCopy(target, copy))
                .hasMessageContainingAll(copy.toString(), "has version 99");
    }
}
