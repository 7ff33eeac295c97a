package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.catalog.Claim;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.file.StatReader;
import io.keepwatch.layout.FlushLimit;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A directory stands in for a snapshot: what matters is which state is stored, when, and what becomes of the newer one. */
class SnapshotUploadTest extends BackupFixture {
    private static final RawPath FILE = RawPath.of("db/file");

    private Path snapshot = Path.of("");
    private Instant at = Instant.EPOCH;

    @BeforeEach
    void a_file_that_changed_twice_and_a_snapshot_between() throws IOException {
        write("db/file", "old");
        write("other", "old");
        backUp();
        snapshot = Files.createDirectory(temporary.toRealPath().resolve("snapshot"));
        Files.createDirectory(snapshot.resolve("db"));
        Files.writeString(snapshot.resolve("db/file"), "as it was");
        hold();
        at = clock.instant();
        write("db/file", "newest");
        changed("db/file");
    }

    private void hold() {
        await(uploader().hold(List.of(new WatchedRoots.Located(ROOT, RawPath.of("db")))));
    }

    private SnapshotUpload upload(int most) throws IOException {
        long device = StatReader.lstat(tree).device();
        Spool spool = new Spool(state.resolve("copies"));
        UploadPlanner planner = new UploadPlanner(
                catalog().reader(),
                WatchedRoots.inSnapshot(Map.of(ROOT, snapshot), device),
                spool,
                new Databases(databaseRoots, catalog().reader(), spool, clock, event -> {}),
                Clock.fixed(at, ZoneOffset.UTC));
        return new SnapshotUpload(catalog(), uploader(), planner, new FlushLimit(most, 1 << 20));
    }

    private FileVersion seen(RawPath path) throws IOException {
        FileMeta meta = new FileMeta(
                StatReader.lstat(path.under(snapshot)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        return new FileVersion(ROOT, path, at, Optional.of(meta), Optional.empty(), false);
    }

    @Test
    void the_state_of_the_snapshot_is_stored_first_and_the_newer_one_waits_and_follows() throws IOException {
        SnapshotUpload upload = upload(10);
        upload.add(seen(FILE));
        upload.finish();
        assertThat(upload.stored()).isEqualTo(1);
        assertThat(stored("db/file")).isEqualTo("as it was");
        assertThat(current("db/file").orElseThrow().version().observed()).isEqualTo(at);

        flush();
        assertThat(stored("db/file")).isEqualTo("as it was");
        uploader().letGo();
        flush();
        assertThat(stored("db/file")).isEqualTo("newest");
        assertNothingWaits();
        assertThat(catalog().reader().versions(ROOT, FILE)).hasSize(3);
    }

    @Test
    void at_the_time_of_the_snapshot_its_state_is_found() throws IOException {
        SnapshotUpload upload = upload(10);
        upload.add(seen(FILE));
        upload.finish();
        uploader().letGo();
        flush();
        List<Optional<Sha256>> then = new ArrayList<>();
        catalog()
                .reader()
                .forEachAt(
                        ROOT,
                        FILE,
                        Optional.of(at),
                        false,
                        row -> then.add(row.version().hash()));
        assertThat(then).containsExactly(Optional.of(Sha256.hash("as it was".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void everything_else_is_stored_meanwhile() throws IOException {
        write("other", "new");
        changed("other");
        flush();
        assertThat(stored("other")).isEqualTo("new");
        assertThat(stored("db/file")).isEqualTo("old");
    }

    @Test
    void what_is_not_in_the_snapshot_is_gone_at_its_time_and_back_with_the_next_comparison() throws IOException {
        Files.delete(snapshot.resolve("db/file"));
        SnapshotUpload upload = upload(10);
        upload.add(FileVersion.deleted(ROOT, FILE, at));
        upload.finish();
        assertThat(current("db/file")).isEmpty();
        uploader().letGo();
        flush();
        assertThat(stored("db/file")).isEqualTo("newest");
    }

    @Test
    void a_store_that_takes_nothing_is_told_and_loses_nothing() throws IOException {
        store.refuseAll(new StoreException.Permanent("no right to write", new IOException()));
        SnapshotUpload upload = upload(10);
        upload.add(seen(FILE));
        assertThatThrownBy(upload::finish).isInstanceOf(IOException.class).hasMessageContaining("no right to write");
        store.takeAll();
        uploader().letGo();
        uploader().askStoreNow();
        flushAll();
        assertThat(stored("db/file")).isEqualTo("newest");
        assertNothingWaits();
    }

    @Test
    void after_a_crash_in_its_middle_the_file_itself_is_stored() throws IOException {
        long id = catalog().reserveIds(1).join();
        catalog().markUploading(List.of(new Claim(id, seen(FILE)))).join();
        restart();
        flush();
        assertThat(stored("db/file")).isEqualTo("newest");
        assertNothingWaits();
        assertThat(catalog().reader().versions(ROOT, FILE)).hasSize(2);
    }

    @Test
    void what_is_more_than_one_flush_takes_is_stored_before_all_is_known() throws IOException {
        SnapshotUpload upload = upload(1);
        upload.add(seen(FILE));
        assertThat(upload.stored()).isEqualTo(1);
        upload.add(seen(RawPath.of("db")));
        assertThat(upload.stored()).isEqualTo(2);
    }
}
