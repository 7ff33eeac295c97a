package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.ROOT;
import static io.keepwatch.catalog.Samples.at;
import static io.keepwatch.catalog.Samples.change;
import static io.keepwatch.catalog.Samples.deletion;
import static io.keepwatch.catalog.Samples.directory;
import static io.keepwatch.catalog.Samples.file;
import static io.keepwatch.catalog.Samples.hashed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogUploadTest {
    private static final RawPath PATH = RawPath.of("a/b");

    @TempDir
    Path state;

    private Optional<OpenCatalog> opened = Optional.empty();

    @BeforeEach
    void open() {
        opened = Optional.of(new OpenCatalog(state));
    }

    @AfterEach
    void close() {
        session().close();
    }

    private OpenCatalog session() {
        return opened.orElseThrow();
    }

    private Catalog catalog() {
        return session().catalog();
    }

    private CatalogReader reader() {
        return session().reader();
    }

    private List<Long> claimable(long second) {
        return reader().claimable(100, at(second)).stream()
                .map(CatalogVersion::id)
                .toList();
    }

    @Test
    void a_change_goes_from_pending_to_durable() {
        FileVersion seen = file("a/b", 5, 0);
        long id = session().pending(seen);
        assertThat(reader().claimable(10, at(0)))
                .containsExactly(new CatalogVersion(
                        id, seen, State.PENDING, Optional.empty(), Optional.empty(), seen.observed(), 0));

        FileVersion read = hashed(seen, "bytes");
        session().claim(id, read);
        assertThat(reader().claimable(10, at(0))).isEmpty();

        session().finish(id, at(3));
        assertThat(reader().current(ROOT, PATH))
                .contains(new CatalogVersion(
                        id, read, State.DURABLE, Optional.of("object-" + id), Optional.of(at(3)), seen.observed(), 0));
    }

    @Test
    void a_version_under_a_reserved_id_is_stored_beside_what_waits() {
        long reserved = catalog().reserveIds(3).join();
        long waiting = session().pending(file("a/b", 6, 2));
        assertThat(waiting).isEqualTo(reserved + 3);

        session().claim(reserved + 1, hashed(file("a/b", 5, 1), "bytes"));
        session().finish(reserved + 1, at(3));
        assertThat(reader().current(ROOT, PATH)).map(CatalogVersion::id).hasValue(reserved + 1);
        assertThat(reader().claimable(10, at(3))).extracting(CatalogVersion::id).containsExactly(waiting);
    }

    @Test
    void the_children_that_are_stored_are_known_whatever_waits() {
        FileVersion seen = file("a/b", 5, 0);
        long id = session().pending(seen);
        session().claim(id, hashed(seen, "bytes"));
        session().finish(id, at(3));
        session().pending(file("a/b", 6, 4), file("a/c", 1, 4));
        assertThat(reader().storedChildren(ROOT, RawPath.of("a")))
                .extracting(child -> child.stat().sizeBytes())
                .containsExactly(5L);
    }

    @Test
    void many_changes_of_a_path_are_one_row_that_keeps_its_first_time_and_its_place() {
        session().pending(file("a/b", 5, 0));
        long other = session().pending(file("c", 5, 1));
        long newest = session().pending(file("a/b", 6, 2));

        assertThat(reader().claimable(10, at(2)))
                .extracting(CatalogVersion::id, CatalogVersion::firstSeen)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(newest, at(0)),
                        org.assertj.core.groups.Tuple.tuple(other, at(1)));
    }

    @Test
    void the_count_of_added_changes_is_that_of_paths() {
        assertThat(catalog()
                        .addPending(List.of(change(file("a", 1, 0)), change(file("b", 1, 0)), change(file("a", 2, 1))))
                        .join())
                .isEqualTo(2);
    }

    @Test
    void urgent_changes_come_first_and_stay_urgent() {
        long first = session().pending(file("first", 1, 0));
        catalog()
                .addPending(List.of(new PendingChange(file("urgent", 1, 0), true)))
                .join();
        long urgent = session().pending(file("urgent", 2, 1));

        assertThat(claimable(1)).containsExactly(urgent, first);
    }

    @Test
    void a_change_while_uploading_waits_and_is_not_swallowed() {
        FileVersion first = file("a/b", 5, 0);
        long uploading = session().uploading(first);
        FileVersion second = file("a/b", 6, 1);
        long waiting = session().pending(second);

        assertThat(claimable(1)).isEmpty();
        assertThat(reader().known(ROOT, PATH).orElseThrow().stat().sizeBytes()).isEqualTo(6);

        session().finish(uploading, at(2));
        assertThat(claimable(2)).containsExactly(waiting);
        assertThat(reader().current(ROOT, PATH).orElseThrow().version()).isEqualTo(first);
    }

    @Test
    void a_change_between_reading_and_claiming_is_not_swallowed() {
        FileVersion first = file("a/b", 5, 0);
        long claimed = session().pending(first);
        long newer = session().pending(file("a/b", 6, 1));

        session().claim(claimed, hashed(first, "bytes"));
        session().finish(claimed, at(2));

        assertThat(claimable(2)).containsExactly(newer);
        assertThat(reader().versions(ROOT, PATH)).extracting(CatalogVersion::id).containsExactly(newer, claimed);
    }

    @Test
    void a_newer_change_survives_the_verdict_on_the_older() {
        long older = session().pending(file("a/b", 5, 0));
        long newer = session().pending(file("a/b", 6, 1));

        catalog().drop(List.of(older)).join();
        catalog()
                .markUnchanged(List.of(new Unchanged(older, Samples.stat(FileType.REGULAR, 5, 0, 1, 1), at(2))))
                .join();
        catalog().retryLater(List.of(older), at(100)).join();

        assertThat(claimable(2)).containsExactly(newer);
    }

    @Test
    void what_a_dead_daemon_was_uploading_waits_again() {
        long id = session().uploading(hashed(file("a/b", 5, 0), "bytes"));

        session().restart();

        assertThat(reader().claimable(10, at(0)))
                .containsExactly(new CatalogVersion(
                        id, file("a/b", 5, 0), State.PENDING, Optional.empty(), Optional.empty(), at(0), 0));
    }

    @Test
    void after_a_restart_the_newer_change_of_a_path_wins() {
        session().uploading(file("a/b", 5, 0));
        long newer = session().pending(file("a/b", 6, 1));

        session().restart();

        assertThat(reader().versions(ROOT, PATH)).extracting(CatalogVersion::id).containsExactly(newer);
    }

    @Test
    void a_retry_waits_for_its_time_and_counts() {
        long id = session().uploading(file("a/b", 5, 0));

        catalog().retryLater(List.of(id), at(60)).join();

        assertThat(claimable(59)).isEmpty();
        assertThat(reader().claimable(10, at(60)))
                .extracting(CatalogVersion::attempts)
                .containsExactly(1);
    }

    @Test
    void a_retry_goes_away_where_a_newer_change_waits() {
        long id = session().uploading(file("a/b", 5, 0));
        long newer = session().pending(file("a/b", 6, 1));

        catalog().retryLater(List.of(id), at(60)).join();

        assertThat(reader().versions(ROOT, PATH)).extracting(CatalogVersion::id).containsExactly(newer);
        assertThat(claimable(1)).containsExactly(newer);
    }

    @Test
    void a_new_change_respects_the_pause_of_a_retry_unless_it_is_urgent() {
        long id = session().uploading(file("a/b", 5, 0));
        catalog().retryLater(List.of(id), at(60)).join();

        session().pending(file("a/b", 6, 1));
        assertThat(claimable(1)).isEmpty();

        catalog()
                .addPending(List.of(new PendingChange(file("a/b", 7, 2), true)))
                .join();
        assertThat(claimable(2)).hasSize(1);
    }

    @Test
    void no_change_refreshes_what_reconcile_compares_with() {
        session().durable(file("a/b", 5, 0));
        FileStat linked = Samples.stat(FileType.REGULAR, 5, 50, 77, 2);
        long id = session().pending(Samples.version("a/b", linked, 60));

        catalog().markUnchanged(List.of(new Unchanged(id, linked, at(60)))).join();

        assertThat(reader().children(ROOT, RawPath.of("a")))
                .containsExactly(new KnownChild(io.keepwatch.file.Bytes.of(new byte[] {'b'}), linked, false));
        assertThat(reader().current(ROOT, PATH).orElseThrow().version().observed())
                .isEqualTo(at(0));
    }

    @Test
    void a_durable_mark_may_be_repeated() {
        long id = session().durable(file("a/b", 5, 0));
        long next = session().durable(file("a/b", 6, 1));

        session().finish(id, at(9));

        assertThat(reader().current(ROOT, PATH).orElseThrow().id()).isEqualTo(next);
        assertThat(reader().totals(ROOT)).isEqualTo(new RootTotals(1, 6, Optional.of(at(1))));
    }

    @Test
    void a_row_that_is_not_being_uploaded_cannot_become_durable() {
        long id = session().pending(file("a/b", 5, 0));

        assertThatThrownBy(() -> session().finish(id, at(1)))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version " + id + " is not being uploaded");
        assertThat(reader().current(ROOT, PATH)).isEmpty();
    }

    @Test
    void a_row_that_never_was_cannot_be_claimed() {
        assertThatThrownBy(() -> session().claim(1_000, file("a/b", 5, 0)))
                .hasMessageContaining("never in the catalog");
    }

    @Test
    void an_id_is_not_used_twice() {
        long dropped = session().pending(file("a", 1, 0));
        catalog().drop(List.of(dropped)).join();

        assertThat(session().pending(file("b", 1, 0))).isGreaterThan(dropped);
    }

    @Test
    void a_file_becomes_a_directory_and_a_file_again() {
        session().durable(file("a", 5, 0));
        session().durable(directory("a", 10));
        session().durable(file("a/b", 6, 11));
        catalog().addPendingDeletions(ROOT, RawPath.of("a"), at(20)).join();
        session().durable(file("a", 7, 21));
        session().claim(session().pendingId(PATH), deletion("a/b", 20));
        session().finish(session().row(PATH, State.UPLOADING).orElseThrow().id(), at(22));

        assertThat(session().names("")).containsExactly("a");
        assertThat(session().names("a")).isEmpty();
        assertThat(pathsAt(5)).containsExactly("a 5");
        assertThat(pathsAt(15)).containsExactly("a 4096", "a/b 6");
        assertThat(pathsAt(25)).containsExactly("a 7");
    }

    private List<String> pathsAt(long second) {
        List<String> found = new java.util.ArrayList<>();
        reader().forEachAt(
                        ROOT,
                        RawPath.ROOT,
                        Optional.of(at(second)),
                        false,
                        each -> found.add(each.version().path()
                                + " "
                                + each.version().meta().orElseThrow().stat().sizeBytes()));
        return found;
    }

    @Test
    void a_tree_that_is_gone_is_a_deletion_for_each_live_path_in_it() {
        session().durable(directory("a", 0));
        session().durable(file("a/b", 5, 0));
        session().uploading(file("a/c", 5, 0));
        session().pending(file("a/d", 5, 0));
        session().durable(deletion("a/gone", 0));
        session().durable(file("a-b", 5, 0));
        session().durable(file("a0", 5, 0));

        assertThat(catalog().addPendingDeletions(ROOT, RawPath.of("a"), at(9)).join())
                .isEqualTo(4);

        assertThat(session().names("")).containsExactly("a-b", "a0");
        assertThat(session().names("a")).isEmpty();
        assertThat(reader().claimable(10, at(9)))
                .extracting(row -> row.version().path().toString())
                .containsExactlyInAnyOrder("a", "a/b", "a/d");
    }

    @Test
    void the_backlog_counts_what_is_not_durable() {
        session().durable(file("done", 1, 0));
        session().uploading(file("a", 10, 1));
        session().pending(file("b", 100, 2), directory("c", 3), deletion("d", 4));

        assertThat(reader().backlog()).isEqualTo(new Backlog(3, 1, 110, Optional.of(at(1))));
    }
}
