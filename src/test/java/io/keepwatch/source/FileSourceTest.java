package io.keepwatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.event.FileChanged;
import io.keepwatch.event.RootAppeared;
import io.keepwatch.event.RootMissing;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Optional<WatchedRoot> open = Optional.empty();

    private Path root() {
        return directory.resolve("root");
    }

    @AfterEach
    void close() {
        open.ifPresent(WatchedRoot::close);
    }

    /** Watches, and waits until the first comparison is over, so that what follows is found by notifications alone. */
    private WatchedRoot watch(RootOptions options) {
        WatchedRoot watched = new WatchedRoot(options);
        open = Optional.of(watched);
        await().atMost(LONG).until(watched.source::isComplete);
        assertRecordIsExact(watched);
        return watched;
    }

    private WatchedRoot watch() throws IOException {
        Files.createDirectories(root());
        return watch(RootOptions.of("r", root()));
    }

    private void assertRecordIsExact(WatchedRoot watched) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(watched.record.onRecord()).isEqualTo(RecordedTree.onDisk(root())));
    }

    private void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void what_changed_before_the_watch_stood_is_found() throws IOException {
        Files.createDirectories(root().resolve("d"));
        Files.writeString(root().resolve("d/early"), "x");
        WatchedRoot watched = watch();
        assertThat(watched.trees()).contains(": watch registered");
        assertThat(watched.source.watchedDirectories()).isEqualTo(2);
    }

    @Test
    void every_kind_of_change_ends_in_an_exact_record() throws IOException {
        WatchedRoot watched = watch();
        Path root = root();
        Files.createDirectories(root.resolve("a/b/c"));
        Files.writeString(root.resolve("a/b/c/f"), "1");
        Files.writeString(root.resolve("plain"), "1");
        Files.createSymbolicLink(root.resolve("link"), directory);
        assertRecordIsExact(watched);

        Files.writeString(root.resolve("a/b/c/f"), "22");
        Files.writeString(root.resolve("a/tmp"), "new");
        Files.move(root.resolve("a/tmp"), root.resolve("plain"), StandardCopyOption.ATOMIC_MOVE);
        Files.setPosixFilePermissions(root.resolve("a/b"), PosixFilePermissions.fromString("rwx------"));
        assertRecordIsExact(watched);

        Files.move(root.resolve("a"), root.resolve("moved"));
        Files.writeString(root.resolve("moved/b/c/after"), "3");
        assertRecordIsExact(watched);

        Files.move(root.resolve("moved/b"), directory.resolve("out"));
        Files.writeString(directory.resolve("out/c/ghost"), "4");
        assertRecordIsExact(watched);

        Files.move(directory.resolve("out"), root.resolve("back"));
        Files.delete(root.resolve("link"));
        assertRecordIsExact(watched);
        Files.writeString(root.resolve("back/c/again"), "5");
        assertRecordIsExact(watched);

        delete(root.resolve("back"));
        Files.writeString(root.resolve("back"), "a file now");
        assertRecordIsExact(watched);
    }

    @Test
    void hostile_names_are_told_byte_for_byte() throws IOException {
        WatchedRoot watched = watch();
        for (byte[] name : new byte[][] {{'n', '\n', 'l'}, {(byte) 0xFF, (byte) 0xFE}, {'-', 'r', 'f'}, {' ', '*'}}) {
            RawPath file = RawPath.ROOT.child(name);
            Files.write(file.under(root()), name);
            await().atMost(LONG).until(() -> watched.toldOf(file));
            RawPath made = RawPath.ROOT.child(new byte[] {'d'}).child(name);
            Files.createDirectories(made.under(root()));
            assertRecordIsExact(watched);
            Files.write(made.child(name).under(root()), name);
            await().atMost(LONG).until(() -> watched.toldOf(made.child(name)));
        }
        assertRecordIsExact(watched);
    }

    @Test
    void new_trees_are_watched_however_fast_they_are_made() throws IOException {
        WatchedRoot watched = watch();
        for (int i = 0; i < 150; i++) {
            Path deep = Files.createDirectories(root().resolve("t" + i + "/a/b"));
            Files.writeString(deep.resolve("f"), "x");
        }
        assertRecordIsExact(watched);
        watched.events.clear();
        for (int i = 0; i < 150; i++) {
            Files.writeString(root().resolve("t" + i + "/a/b/f"), "longer");
        }
        assertRecordIsExact(watched);
        assertThat(watched.trees()).isEmpty();
    }

    @Test
    void a_burst_that_overflows_the_queue_loses_nothing() throws IOException, InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        Files.createDirectories(root());
        WatchedRoot watched = new WatchedRoot(RootOptions.of("r", root()), event -> {
            if (event instanceof FileChanged) {
                awaitQuietly(written);
            }
        });
        open = Optional.of(watched);
        await().atMost(LONG).until(watched.source::isComplete);
        for (int i = 0; i < 4_000; i++) {
            Files.writeString(root().resolve("f" + i), "");
        }
        Files.createDirectories(root().resolve("late/dir"));
        written.countDown();
        assertRecordIsExact(watched);
        assertThat(watched.trees()).anyMatch(line -> line.startsWith(": notifications were lost"));

        await().atMost(LONG).until(watched.source::isComplete);
        assertRecordIsExact(watched);
        Files.writeString(root().resolve("late/dir/after"), "found only when the lost directory is watched now");
        await().atMost(LONG).until(() -> watched.toldOf(RawPath.of("late/dir/after")));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_root_that_comes_later_goes_and_comes_back_is_followed() throws IOException {
        WatchedRoot watched = new WatchedRoot(RootOptions.of("r", root()));
        open = Optional.of(watched);
        await().atMost(LONG).until(() -> watched.told(RootMissing.class).size() == 1);
        assertThat(watched.source.isComplete()).isFalse();

        Files.createDirectories(root().resolve("d"));
        await().atMost(LONG).until(() -> watched.told(RootAppeared.class).size() == 1);
        await().atMost(LONG).until(watched.source::isComplete);
        Files.writeString(root().resolve("d/f"), "x");
        assertRecordIsExact(watched);

        delete(root());
        await().atMost(LONG).until(() -> watched.told(RootMissing.class).size() == 2);
        assertThat(watched.record.known(RawPath.of("d/f"))).isPresent();

        Files.createDirectories(root());
        await().atMost(LONG).until(() -> watched.told(RootAppeared.class).size() == 2);
        await().atMost(LONG).until(watched.source::isComplete);
        Files.writeString(root().resolve("g"), "x");
        assertRecordIsExact(watched);
    }

    @Test
    void a_root_that_is_replaced_by_another_directory_is_watched_anew() throws IOException {
        WatchedRoot watched = watch();
        Path other = Files.createDirectories(directory.resolve("other"));
        Files.move(root(), directory.resolve("old"));
        Files.move(other, root());
        await().atMost(LONG)
                .until(() -> watched.trees().stream()
                                .filter(": watch registered"::equals)
                                .count()
                        == 2);
        Files.writeString(root().resolve("f"), "x");
        await().atMost(LONG).until(() -> watched.toldOf(RawPath.of("f")));
        assertRecordIsExact(watched);
    }

    @Test
    void a_root_that_is_a_link_is_followed_once() throws IOException {
        Files.createDirectories(directory.resolve("real"));
        Files.createSymbolicLink(root(), directory.resolve("real"));
        WatchedRoot watched = new WatchedRoot(RootOptions.of("r", root()));
        open = Optional.of(watched);
        await().atMost(LONG).until(watched.source::isComplete);
        Files.writeString(root().resolve("f"), "x");
        await().atMost(LONG).until(() -> watched.toldOf(RawPath.of("f")));
    }

    @Test
    void excluded_directories_get_no_watch_and_tell_nothing() throws IOException {
        Files.createDirectories(root().resolve("keep"));
        Files.createDirectories(root().resolve("cache/deep"));
        WatchedRoot watched = new WatchedRoot(new RootOptions(
                "r", root(), List.of(), List.of("cache/", "*.swp"), false, Optional.empty(), true, List.of()));
        open = Optional.of(watched);
        await().atMost(LONG).until(watched.source::isComplete);
        assertThat(watched.source.watchedDirectories()).isEqualTo(2);
        Files.createDirectories(root().resolve("keep/cache/deep"));
        Files.writeString(root().resolve("cache/deep/f"), "x");
        Files.writeString(root().resolve("keep/.f.swp"), "x");
        Files.writeString(root().resolve("keep/f"), "x");
        await().atMost(LONG).until(() -> watched.toldOf(RawPath.of("keep/f")));
        assertThat(watched.told(FileChanged.class))
                .extracting(event -> event.path().toString())
                .containsOnly("keep/f");
        assertThat(watched.source.watchedDirectories()).isEqualTo(2);
    }

    @Test
    void a_directory_that_becomes_a_cache_is_watched_anew() throws IOException {
        Files.createDirectories(root().resolve("d/sub"));
        WatchedRoot watched = new WatchedRoot(
                new RootOptions("r", root(), List.of(), List.of(), true, Optional.empty(), true, List.of()));
        open = Optional.of(watched);
        await().atMost(LONG).until(watched.source::isComplete);
        assertThat(watched.source.watchedDirectories()).isEqualTo(3);
        Files.writeString(root().resolve("d/CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
        await().atMost(LONG).until(() -> watched.source.watchedDirectories() == 2);
        Files.delete(root().resolve("d/CACHEDIR.TAG"));
        await().atMost(LONG).until(() -> watched.source.watchedDirectories() == 3);
        assertThat(watched.told(TreeChanged.class))
                .extracting(event -> event.directory().toString())
                .contains("d");
    }

    @Test
    void nothing_is_told_after_close() throws IOException {
        WatchedRoot watched = watch();
        watched.source.close();
        int told = watched.events.size();
        Files.writeString(root().resolve("f"), "x");
        assertThat(watched.source.isComplete()).isFalse();
        assertThat(watched.events).hasSize(told);
    }
}
