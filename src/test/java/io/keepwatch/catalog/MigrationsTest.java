package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.ROOT;
import static io.keepwatch.catalog.Samples.file;
import static io.keepwatch.catalog.Samples.hashed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.RawPath;
import io.keepwatch.sqlite.own.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that was made before packs were, with a past, a current and a pending version of one file. */
class MigrationsTest {
    @TempDir
    Path directory;

    private final String hash =
            hashed(file("a", 1, 0), "content").hash().orElseThrow().hex();

    @BeforeEach
    void makeFirstVersion() throws SQLException, IOException {
        try (Database database = Database.openWritable(directory.resolve(Catalog.FILE_NAME));
                InputStream first = Objects.requireNonNull(Catalog.class.getResourceAsStream("V001__versions.sql"))) {
            database.execute(new String(first.readAllBytes(), StandardCharsets.UTF_8));
            database.execute("PRAGMA user_version = 1");
            database.execute("INSERT INTO root (id, name, files, bytes) VALUES (1, '" + ROOT + "', 1, 20)");
            database.execute("INSERT INTO directory (id, root_id, path) VALUES (1, 1, x'')");
            insert(database, 1, 3, 10, "x'" + hash + "'", "'{\"key\":\"a\"}'");
            insert(database, 2, 2, 20, "x'" + hash + "'", "'0/epoch/0000000007'");
            insert(database, 3, 0, 30, "NULL", "NULL");
            database.execute("INSERT INTO setting (key, value) VALUES ('kept', 'yes')");
        }
    }

    private static void insert(Database database, long id, int state, long size, String hash, String location)
            throws SQLException {
        database.execute("INSERT INTO version (id, directory_id, name, state, observed_s, observed_n, first_seen_s,"
                + " first_seen_n, type, size, mtime_s, mtime_n, ctime_s, ctime_n, device, inode, links, mode, uid, gid,"
                + " device_number, racy, sha256, inconsistent, urgent, attempts, not_before_ms, queued, location)"
                + " VALUES (" + id + ", 1, x'61', " + state + ", " + id + ", 0, " + id + ", 0, 8, " + size
                + ", 1, 0, 1, 0, 64, 5, 1, 420, 0, 0, 0, 0, " + hash + ", 0, 0, 0, 0, " + id + ", " + location + ")");
    }

    @Test
    void it_keeps_its_rows() {
        Catalog.open(directory).close();
        try (Catalog catalog = Catalog.open(directory)) {
            CatalogReader reader = catalog.reader();
            assertThat(reader.versions(ROOT, RawPath.of("a")))
                    .extracting(CatalogVersion::id)
                    .containsExactly(3L, 2L, 1L);
            assertThat(reader.totals(ROOT).files()).isEqualTo(1);
            assertThat(reader.setting("kept")).contains("yes");
            assertThat(reader.withHash(hashed(file("a", 1, 0), "content").hash().orElseThrow()))
                    .map(CatalogVersion::id)
                    .contains(2L);
            catalog.check();
        }
    }

    @Test
    void its_versions_count_for_packs() {
        try (Catalog catalog = Catalog.open(directory)) {
            assertThat(catalog.reader().packs().versions("0/epoch/0000000007"))
                    .extracting(CatalogVersion::id)
                    .containsExactly(2L);
            assertThat(catalog.reader().packs().versions("{\"key\":\"a\"}")).isEmpty();
            assertThat(catalog.packs().reserve().join().sequence()).isEqualTo(1);
        }
    }

    @Test
    void a_reader_waits_for_the_daemon_to_bring_it_up_to_date() {
        assertThatThrownBy(() -> CatalogReader.open(directory)).hasMessageContainingAll("version 1", "keepwatch run");
    }

    @Test
    void questions_by_content_and_by_pack_use_an_index() throws SQLException {
        Catalog.open(directory).close();
        try (Database database = Database.openWritable(directory.resolve(Catalog.FILE_NAME))) {
            for (String needed : List.of(
                    "SELECT 1 FROM version v WHERE v.state = 2 AND v.sha256 = ? AND v.inconsistent = 0",
                    "SELECT max(" + ChunkQueries.IS_NEEDED + ") FROM chunk c WHERE c.pack_id = ?",
                    "SELECT count(*) FROM version WHERE location = ? AND location < ':'")) {
                assertThat(plan(database, needed)).as(needed).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
            }
        }
    }

    private static List<String> plan(Database database, String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (ResultSet row = database.statement("EXPLAIN QUERY PLAN " + sql).executeQuery()) {
            while (row.next()) {
                steps.add(row.getString("detail"));
            }
        }
        return steps;
    }
}
