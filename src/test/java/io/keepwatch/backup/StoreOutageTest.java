package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.StoreUnreachable;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreOutageTest extends BackupFixture {
    private final StoreException noAnswer = new StoreException.Transient("no answer", null);
    private final StoreException forbidden = new StoreException.Permanent("403: allow s3:PutObject", null);

    @BeforeEach
    void store_something_first() throws IOException {
        write("first", "stored before");
        backUp();
        store.requests();
    }

    private void pauseEnds() {
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    }

    private void newFiles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write("dir/f" + i, "content " + i);
        }
        reconcile();
    }

    @Test
    void an_outage_is_told_once_and_counts_no_attempts() throws IOException {
        newFiles(3);
        store.refuseAll(noAnswer);
        for (int i = 0; i < 5; i++) {
            flush();
            pauseEnds();
        }
        assertThat(events(StoreUnreachable.class))
                .extracting(StoreUnreachable::personMustAct)
                .containsExactly(false);
        assertThat(events(BackupFailed.class)).isEmpty();
        assertThat(backlog().uploading()).isZero();
        assertThat(attempts("dir/f0")).isZero();
        assertThat(uploader().storeProblem()).isPresent();
    }

    @Test
    void during_an_outage_the_store_is_asked_with_single_small_requests_and_after_pauses() throws IOException {
        newFiles(3);
        store.refuseAll(noAnswer);
        flush();
        store.requests();
        flush();
        flush(Lane.LARGE);
        assertThat(store.requests()).isEmpty();
        pauseEnds();
        flush();
        flush();
        assertThat(store.requests()).containsExactly("GET k/h/keepwatch.json");
    }

    @Test
    void an_outage_without_a_backlog_costs_no_request() throws IOException {
        newFiles(1);
        store.refuseAll(noAnswer);
        flush();
        Files.delete(tree.resolve("dir/f0"));
        Files.delete(tree.resolve("dir"));
        catalog()
                .drop(catalog().reader().claimable(9, clock.instant()).stream()
                        .map(CatalogVersion::id)
                        .toList())
                .join();
        store.requests();
        pauseEnds();
        flush();
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void when_the_store_answers_again_the_whole_backlog_goes() throws IOException {
        newFiles(20);
        store.refuseAll(noAnswer);
        flush();
        store.takeAll();
        pauseEnds();
        assertThat(flush().stored()).isEqualTo(21);
        assertThat(events(StoreReachable.class))
                .extracting(StoreReachable::outage)
                .containsExactly(Duration.ofMinutes(2));
        assertThat(uploader().storeProblem()).isEmpty();
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_right_that_is_missing_asks_for_a_person_who_may_say_when_it_is_there() throws IOException {
        newFiles(1);
        store.refuseAll(forbidden);
        flush();
        assertThat(events(StoreUnreachable.class))
                .extracting(StoreUnreachable::personMustAct)
                .containsExactly(true);
        store.takeAll();
        assertThat(flush()).isEqualTo(FlushReport.NOTHING);
        uploader().askStoreNow();
        assertThat(flush().stored()).isPositive();
    }

    @Test
    void a_right_to_write_that_is_missing_from_the_start_is_told_once() throws IOException {
        restart();
        newFiles(1);
        store.refuse(request -> request.startsWith("PUT") ? Optional.of(forbidden) : Optional.empty());
        for (int i = 0; i < 4; i++) {
            flush();
            pauseEnds();
        }
        assertThat(events(StoreUnreachable.class)).hasSize(1);
        assertThat(events(StoreReachable.class)).isEmpty();
        store.takeAll();
        flush();
        assertThat(events(StoreReachable.class)).hasSize(1);
    }

    @Test
    void a_file_that_the_store_never_takes_holds_up_nothing_and_is_no_outage() throws IOException {
        write("bad", "one");
        reconcile();
        store.refuse(request -> request.endsWith("/bad") ? Optional.of(forbidden) : Optional.empty());
        flush();
        flush();
        assertThat(events(StoreUnreachable.class)).isEmpty();
        assertThat(attempts("bad")).isEqualTo(1);
        write("good", "two");
        reconcile();
        flush();
        assertThat(stored("good")).isEqualTo("two");
        assertThat(events(BackupFailed.class)).extracting(BackupFailed::problem).contains(forbidden.getMessage());
        store.takeAll();
        clock.advance(Duration.ofMinutes(15));
        flush();
        assertThat(stored("bad")).isEqualTo("one");
    }

    @Test
    void a_server_error_for_one_file_is_no_outage_either() throws IOException {
        write("bad", "one");
        changed("bad");
        store.refuse(request -> request.endsWith("/bad") ? Optional.of(noAnswer) : Optional.empty());
        flush();
        assertThat(events(StoreUnreachable.class)).isEmpty();
        assertThat(attempts("bad")).isEqualTo(1);
    }

    @Test
    void a_hundred_files_that_no_store_takes_at_the_head_of_the_queue_hold_up_nothing() throws IOException {
        for (int i = 0; i < 100; i++) {
            write("bad" + i, "one");
        }
        reconcile();
        write("good", "two");
        changed("good");
        store.refuse(request -> request.contains("/bad") ? Optional.of(forbidden) : Optional.empty());
        FlushReport report = flush();
        assertThat(report)
                .extracting(FlushReport::claimed, FlushReport::stored, FlushReport::notStored)
                .containsExactly(101, 1, 100);
        assertThat(report.problem()).contains(String.valueOf(forbidden.getMessage()));
        assertThat(stored("good")).isEqualTo("two");
        assertThat(events(StoreUnreachable.class)).isEmpty();
    }

    @Test
    void ten_thousand_paths_that_change_again_and_again_during_an_outage_are_one_row_each() throws IOException {
        List<PendingChange> changes = IntStream.range(0, 10_000)
                .mapToObj(i ->
                        new PendingChange(FileVersion.deleted(ROOT, RawPath.of("gone/p" + i), clock.instant()), false))
                .toList();
        newFiles(1);
        store.refuseAll(noAnswer);
        for (int i = 0; i < 3; i++) {
            catalog().addPending(changes).join();
            flush();
            pauseEnds();
        }
        assertThat(backlog().pending()).isEqualTo(10_002);
        assertThat(backlog().uploading()).isZero();
        store.takeAll();
        pauseEnds();
        flushAll();
        assertNothingWaits();
        assertThat(differences()).isEmpty();
    }
}
