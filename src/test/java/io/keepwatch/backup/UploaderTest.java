package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.catalog.AdoptedVersion;
import io.keepwatch.event.BackupCompleted;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class UploaderTest extends BackupFixture {
    @Test
    void a_new_tree_becomes_durable() throws IOException {
        write("a", "one");
        write("dir/b", "two");
        write("empty", "");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("dir/b"));
        backUp();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
        assertThat(events(BackupCompleted.class))
                .extracting(BackupCompleted::versions)
                .containsExactly(5L);
    }

    @Test
    void a_flush_is_under_way_until_what_it_leads_to_is_recorded() throws IOException {
        Path first = write("first", "one");
        backUp();
        Files.createLink(tree.resolve("second"), first);
        changed("second");
        List<Boolean> whenDurable = new ArrayList<>();
        onEvent = event -> whenDurable.add(uploader().isFlushing());
        flush();
        assertThat(whenDurable).containsExactly(true);
        assertThat(uploader().isFlushing()).isFalse();
        assertThat(backlog().pending())
                .as("the first name, which is a hard link now")
                .isEqualTo(1);
    }

    @Test
    void an_unchanged_tree_costs_no_row_and_no_request() throws IOException {
        write("a", "one");
        write("dir/b", "two");
        backUp();
        store.requests();
        assertThat(reconcile()).isZero();
        changed("a", "dir", "dir/b");
        flushAll();
        assertThat(store.requests()).isEmpty();
        assertNothingWaits();
    }

    @Test
    void an_unchanged_file_is_not_read() throws IOException {
        Path counters = Path.of("/proc/self/io");
        assumeTrue(Files.isReadable(counters), "only Linux counts the bytes that a process reads");
        int size = 24 << 20;
        sparse("a", size);
        backUp();
        changed("a");
        long before = bytesRead(counters);
        flushAll();
        assertThat(bytesRead(counters) - before).isLessThan(size / 2);
        assertNothingWaits();
    }

    private static long bytesRead(Path counters) throws IOException {
        return Files.readAllLines(counters).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .findFirst()
                .orElseThrow();
    }

    private void sparse(String path, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(tree.resolve(path).toFile(), "rw")) {
            file.setLength(size);
        }
    }

    @Test
    void a_touched_file_with_the_same_content_moves_no_content() throws IOException {
        Path file = write("a", "one");
        backUp();
        store.requests();
        store.contentBytes();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        backUp();
        assertThat(store.requests()).containsExactly("COPY " + KEYS + "a " + KEYS + "a");
        assertThat(store.contentBytes()).isZero();
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_chmod_a_rename_and_a_copy_move_no_content() throws IOException {
        Path mode = write("mode", "one");
        Path old = write("old", "two");
        Path original = write("original", "three");
        backUp();
        store.requests();
        store.contentBytes();
        Files.setPosixFilePermissions(mode, PosixFilePermissions.fromString("rwx------"));
        Files.move(old, tree.resolve("new"));
        Files.copy(original, tree.resolve("copy"));
        backUp();
        assertThat(store.requests()).noneMatch(request -> request.startsWith("PUT"));
        assertThat(store.contentBytes()).isZero();
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_deleted_directory_is_deleted_with_all_that_was_in_it() throws IOException {
        write("dir/a", "one");
        write("dir/sub/b", "two");
        write("stays", "three");
        backUp();
        for (String path : List.of("dir/a", "dir/sub/b", "dir/sub", "dir")) {
            Files.delete(tree.resolve(path));
        }
        backUp();
        assertThat(differences()).isEmpty();
        assertThat(current("stays")).isPresent();
        assertThat(current("dir/a")).isEmpty();
        assertNothingWaits();
    }

    @Test
    void a_directory_that_the_uploader_first_finds_gone_goes_with_all_that_was_in_it() throws IOException {
        write("dir/a", "one");
        write("dir/sub/b", "two");
        backUp();
        changed("dir");
        removeTree("dir");
        flushAll();
        backUp();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
    }

    @Test
    void what_was_stored_of_a_directory_before_itself_goes_with_it() throws IOException {
        write("dir/a", "one");
        changed("dir/a");
        flushAll();
        changed("dir");
        removeTree("dir");
        flushAll();
        backUp();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
    }

    @Test
    void a_directory_that_the_uploader_first_finds_to_be_a_file_holds_nothing_any_more() throws IOException {
        write("dir/a", "one");
        backUp();
        changed("dir");
        removeTree("dir");
        write("dir", "a file");
        flushAll();
        backUp();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
    }

    private void removeTree(String path) throws IOException {
        try (Stream<Path> paths = Files.walk(tree.resolve(path))) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void a_file_that_becomes_a_directory_and_back_is_right_each_time() throws IOException {
        write("x", "file");
        backUp();
        Files.delete(tree.resolve("x"));
        write("x/child", "inside");
        backUp();
        assertThat(differences()).isEmpty();
        Files.delete(tree.resolve("x/child"));
        Files.delete(tree.resolve("x"));
        write("x", "file again");
        backUp();
        assertThat(differences()).isEmpty();
        assertThat(stored("x")).isEqualTo("file again");
    }

    @Test
    void a_change_of_type_may_come_in_two_flushes() throws IOException {
        write("x", "file");
        backUp();
        Files.delete(tree.resolve("x"));
        changed("x");
        flushAll();
        write("x/child", "inside");
        changed("x/child");
        flushAll();
        changed("x");
        flushAll();
        assertThat(differences()).isEmpty();
        Files.delete(tree.resolve("x/child"));
        Files.delete(tree.resolve("x"));
        write("x", "file again");
        changed("x");
        flushAll();
        changed("x/child");
        flushAll();
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_symlink_and_a_fifo_are_stored_and_never_opened() throws Exception {
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("/no/such/file"));
        Path fifo = tree.resolve("fifo");
        assumeTrue(
                new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0,
                "mkfifo is needed to make a FIFO");
        backUp();
        assertThat(meta("fifo").stat().type()).isEqualTo(FileType.FIFO);
        assertThat(meta("dangling").linkTarget()).isPresent();
        assertNothingWaits();
    }

    @Test
    void a_socket_is_dropped_and_one_in_the_place_of_a_file_deletes_it() throws IOException {
        Path path = write("s", "a file");
        backUp();
        Files.delete(path);
        // A socket's path has at most some hundred bytes.
        Path bound = Files.createTempDirectory("kw").resolve("s");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(bound));
            Files.createLink(path, bound);
            Files.createLink(tree.resolve("other"), bound);
            changed("s", "other");
            flushAll();
        } finally {
            Files.deleteIfExists(bound);
            Files.delete(bound.getParent());
        }
        assertThat(current("s")).isEmpty();
        assertThat(current("other")).isEmpty();
        assertNothingWaits();
    }

    @Test
    void a_file_that_vanishes_before_it_was_stored_leaves_nothing() throws IOException {
        write("a", "one");
        reconcile();
        Files.delete(tree.resolve("a"));
        flushAll();
        assertThat(catalog().reader().versions(ROOT, RawPath.of("a"))).isEmpty();
        assertThat(store.requests()).isEmpty();
        assertNothingWaits();
    }

    @Test
    void a_racy_file_is_read_again_once() throws IOException {
        clock.setAhead(Duration.ZERO);
        Path file = write("a", "one");
        changed("a");
        flushAll();
        boolean racy =
                catalog().reader().stored(ROOT, RawPath.of("a")).orElseThrow().racy();
        assumeTrue(racy, "this machine was too slow to read a file within 100 ms of its change");
        FileTime modified = Files.getLastModifiedTime(file);
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, modified);
        clock.advance(Duration.ofMinutes(1));
        assertThat(reconcile()).isEqualTo(1);
        flushAll();
        assertThat(stored("a")).isEqualTo("two");
        assertThat(reconcile()).isZero();
    }

    @Test
    void a_root_that_vanished_deletes_nothing_and_its_rows_wait() throws IOException {
        write("a", "one");
        write("b", "two");
        backUp();
        Path away = tree.resolveSibling("away");
        Files.move(tree, away);
        sink().gone(RawPath.of("a"), false);
        sink().gone(RawPath.of("b"), false);
        store.requests();
        flushAll();
        assertThat(store.requests()).isEmpty();
        assertThat(current("a")).isPresent();
        assertThat(backlog().pending()).isEqualTo(2);
        Files.move(away, tree);
        clock.advance(Duration.ofMinutes(1));
        flushAll();
        assertNothingWaits();
        assertThat(differences()).isEmpty();
    }

    @Test
    void an_empty_root_on_another_device_deletes_nothing() throws IOException {
        write("a", "one");
        backUp();
        rootWasOnAnotherDevice();
        Files.delete(tree.resolve("a"));
        changed("a");
        flushAll();
        assertThat(current("a")).isPresent();
        write("b", "so it is mounted after all");
        clock.advance(Duration.ofMinutes(1));
        flushAll();
        assertThat(current("a")).isEmpty();
    }

    private void rootWasOnAnotherDevice() throws IOException {
        RootDirectory directory = new RootDirectory(tree);
        FileMeta meta = directory.meta(RawPath.ROOT);
        FileStat stat = meta.stat();
        FileStat other = new FileStat(
                stat.type(),
                stat.sizeBytes(),
                stat.modified(),
                stat.changed(),
                stat.device() + 1,
                stat.inode(),
                stat.links(),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                0);
        FileVersion version = new FileVersion(
                ROOT,
                RawPath.ROOT,
                clock.instant(),
                Optional.of(
                        new FileMeta(other, meta.owner(), meta.group(), Optional.empty(), List.of(), Optional.empty())),
                Optional.empty(),
                false);
        catalog().adopt(List.of(new AdoptedVersion(version, "{}"))).join();
    }

    @Test
    void rows_of_a_root_that_is_no_longer_configured_go_away() throws IOException {
        write("a", "one");
        reconcile();
        await(uploader(Map.of()).flush(Lane.SMALL));
        assertNothingWaits();
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void large_files_travel_in_a_lane_of_their_own() throws IOException {
        sparse("large", Lane.LARGE_BYTES);
        write("small", "one");
        reconcile();
        CompletableFuture<FlushReport> both = uploader()
                .flush(Lane.LARGE)
                .thenCombine(uploader().flush(Lane.SMALL), (large, small) -> {
                    assertThat(small.stored()).isEqualTo(1);
                    return large;
                })
                .toCompletableFuture();
        assertThat(await(both).stored()).isEqualTo(1);
        assertThat(flush(Lane.HUGE)).isEqualTo(FlushReport.NOTHING);
        assertThat(differences()).isEmpty();
    }

    @Test
    void two_lanes_never_work_on_one_path() throws IOException {
        sparse("a", Lane.LARGE_BYTES);
        changed("a");
        store.before(request -> {
            if (request.endsWith("/a")) {
                store.before(other -> {});
                becomesSmall("a");
                assertThat(await(uploader().flush(Lane.SMALL))).isEqualTo(FlushReport.NOTHING);
            }
        });
        flush(Lane.LARGE);
        flushAll();
        assertNothingWaits();
        assertThat(stored("a")).isEqualTo("small");
    }

    private void becomesSmall(String path) {
        try {
            Files.writeString(tree.resolve("tmp"), "small");
            Files.move(tree.resolve("tmp"), tree.resolve(path), StandardCopyOption.REPLACE_EXISTING);
            changed(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_change_during_the_upload_is_stored_by_the_next_flush() throws IOException {
        write("a", "one");
        changed("a");
        store.before(request -> {
            if (request.endsWith("/a")) {
                store.before(other -> {});
                becomesSmall("a");
            }
        });
        flush();
        assertThat(stored("a")).isEqualTo("one");
        assertThat(backlog().pending()).isEqualTo(1);
        flush();
        assertThat(stored("a")).isEqualTo("small");
        assertNothingWaits();
    }

    @Test
    void what_was_on_its_way_in_a_crash_is_stored_after_it() throws IOException {
        write("a", "one");
        write("b", "two");
        reconcile();
        store.answerNot("/b");
        CompletableFuture<FlushReport> broken = uploader().flush(Lane.SMALL).toCompletableFuture();
        Awaitility.await().until(() -> store.requests().contains("PUT " + KEYS + "b"));
        assertThat(backlog().uploading()).isEqualTo(2);
        store.answerNot("nothing");
        restart();
        assertThat(backlog().pending()).isEqualTo(2);
        assertThat(backlog().uploading()).isZero();
        flushAll();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
        assertThat(broken).isNotDone();
    }

    @Test
    void an_error_of_the_program_gives_the_rows_back() throws IOException {
        write("a", "one");
        reconcile();
        store.before(request -> {
            throw new IllegalStateException("a defect");
        });
        assertThat(uploader().flush(Lane.SMALL).toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        store.before(request -> {});
        flushAll();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
    }

    @Test
    void a_clock_that_was_set_back_delays_nothing_for_long() throws IOException {
        write("a", "one");
        reconcile();
        store.refuse(request ->
                request.endsWith("/a") ? Optional.of(new StoreException.Permanent("400", null)) : Optional.empty());
        flush();
        store.takeAll();
        clock.advance(Duration.ofDays(-300));
        flush();
        assertThat(stored("a")).isEqualTo("one");
    }
}
