package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.at;
import static io.keepwatch.catalog.Samples.change;
import static io.keepwatch.catalog.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.sqlite.own.GroupCommit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
    @TempDir
    Path directory;

    private final List<GroupCommit<WriteSession>> writers = new ArrayList<>();

    @BeforeEach
    void start() {
        Catalog.open(directory).close();
        GroupCommit<WriteSession> writer = new GroupCommit<>(
                CatalogFile.OWNER, directory.resolve(Catalog.FILE_NAME), WriteSession::new, new Ballast(directory));
        writer.start();
        writers.add(writer);
    }

    @AfterEach
    void stop() {
        writers.forEach(GroupCommit::close);
    }

    private GroupCommit<WriteSession> writer() {
        return writers.get(0);
    }

    private static Write<Integer> add(String name) {
        return session -> PendingWrites.add(session, List.of(change(file(name, 1, 0))));
    }

    private List<String> paths() {
        try (CatalogReader reader = CatalogReader.open(directory)) {
            return reader.claimable(10_000, at(0)).stream()
                    .map(row -> row.version().path().toString())
                    .toList();
        }
    }

    /** Holds the writer inside a write until the latch opens; what is submitted after the return is one group. */
    private CompletableFuture<Boolean> hold(CountDownLatch latch) {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> held = writer().submit(session -> {
            begun.countDown();
            await(latch);
            return true;
        });
        await(begun);
        return held;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    @Test
    void a_write_that_does_not_succeed_fails_alone() {
        CountDownLatch latch = new CountDownLatch(1);
        CompletableFuture<Boolean> held = hold(latch);
        CompletableFuture<Integer> before = writer().submit(add("dir/before"));
        CompletableFuture<Integer> broken = writer().submit(session -> {
            add("new/half").apply(session);
            throw new IllegalStateException("half done");
        });
        CompletableFuture<Integer> constraint = writer().submit(session -> {
            add("new/other").apply(session);
            session.database().execute("INSERT INTO setting (key, value) VALUES (NULL, NULL)");
            return 1;
        });
        CompletableFuture<Integer> after = writer().submit(add("new/after"));
        latch.countDown();

        assertThat(held.join()).isTrue();
        assertThat(before.join()).isEqualTo(1);
        assertThat(after.join()).isEqualTo(1);
        assertThatThrownBy(broken::join).hasMessageContaining("half done");
        assertThatThrownBy(constraint::join).hasCauseInstanceOf(CatalogException.class);
        assertThat(paths()).containsExactly("dir/before", "new/after");
    }

    @Test
    void writes_that_wait_together_share_a_commit() {
        CountDownLatch latch = new CountDownLatch(1);
        CompletableFuture<Boolean> held = hold(latch);
        List<CompletableFuture<Integer>> writes = IntStream.range(0, 200)
                .mapToObj(i -> writer().submit(add("f" + i)))
                .toList();
        CompletableFuture<Integer> seenOutside = writer().submit(session -> paths().size());
        latch.countDown();

        assertThat(held.join()).isTrue();
        assertThat(seenOutside.join()).isZero();
        assertThat(writes).allSatisfy(write -> assertThat(write.join()).isEqualTo(1));
        assertThat(paths()).hasSize(200);
    }

    @Test
    void many_threads_lose_nothing() {
        List<CompletableFuture<Integer>> writes = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> writer().submit(add("dir" + i % 7 + "/" + i)))
                .toList();

        assertThat(writes).allSatisfy(write -> assertThat(write.join()).isEqualTo(1));
        assertThat(paths()).hasSize(2_000).doesNotHaveDuplicates();
    }

    private static void allowNoMorePages(WriteSession session) throws SQLException {
        session.database()
                .execute("PRAGMA max_page_count = " + session.database().number("PRAGMA page_count"));
    }

    private static Write<Integer> addMany() {
        return session -> PendingWrites.add(
                session,
                IntStream.range(0, 500)
                        .mapToObj(i -> change(file("many/" + i, i, 0)))
                        .toList());
    }

    @Test
    void a_full_disk_takes_the_ballast_and_the_write_succeeds() {
        writer().submit(session -> {
                    allowNoMorePages(session);
                    return true;
                })
                .join();

        assertThat(writer().submit(addMany()).join()).isEqualTo(500);

        assertThat(directory.resolve("ballast")).doesNotExist();
        assertThat(paths()).hasSize(500);
    }

    @Test
    void a_full_disk_without_ballast_fails_the_write_whole_and_the_next_one_tries_again() throws Exception {
        writer().submit(session -> {
                    allowNoMorePages(session);
                    return true;
                })
                .join();

        // After the second write the look for a missing ballast that follows the first is over; the next is a minute
        // away.
        writer().submit(session -> true).join();
        Files.delete(directory.resolve("ballast"));

        assertThatThrownBy(() -> writer().submit(addMany()).join())
                .hasCauseInstanceOf(CatalogException.class)
                .hasMessageContainingAll(directory.resolve("catalog.db").toString(), "disk is full", "free space");
        assertThat(paths()).isEmpty();

        assertThat(writer().submit(addMany()).join()).isEqualTo(500);
    }
}
