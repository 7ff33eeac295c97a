package io.keepwatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(3);
    private final RecordedTree record = new RecordedTree();

    @TempDir
    Path root;

    @TempDir
    Path outside;

    @BeforeEach
    void a_small_tree() throws IOException {
        write("a", "1");
        write("d/b", "22");
        write("d/e/c", "333");
        write("d-1/x", "4444");
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private void write(String path, String text) throws IOException {
        Path file = RawPath.of(path).under(root);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void delete(String path) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(path))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Reconciler reconciler(RootOptions options) {
        return new Reconciler(options, record, record, pool, 4, InstantSource.system());
    }

    private Reconciler reconciler() {
        return reconciler(RootOptions.of("r", root));
    }

    private List<String> reconcile(Reconciler reconciler) {
        ReconcileOutcome outcome = reconciler.reconcile(RawPath.ROOT, OptionalLong.empty(), ReconcileProgress.SILENT);
        assertThat(outcome).isInstanceOf(ReconcileOutcome.Completed.class);
        return record.takeTold();
    }

    private List<String> look(String... paths) {
        List<RawPath> raw = Arrays.stream(paths).map(RawPath::of).toList();
        assertThat(reconciler().reconcilePaths(raw, OptionalLong.empty()))
                .isInstanceOf(ReconcileOutcome.Completed.class);
        return record.takeTold();
    }

    @Test
    void everything_is_new_at_first_and_nothing_changed_afterwards() {
        assertThat(reconcile(reconciler()))
                .containsExactly(
                        "changed a",
                        "changed d",
                        "changed d-1",
                        "changed d-1/x",
                        "changed d/b",
                        "changed d/e",
                        "changed d/e/c");
        assertThat(reconcile(reconciler())).isEmpty();
    }

    @Test
    void the_outcome_counts_what_was_compared() throws IOException {
        ReconcileOutcome outcome = reconciler().reconcile(RawPath.ROOT, OptionalLong.empty(), ReconcileProgress.SILENT);
        long device = StatReader.lstat(root).device();
        assertThat(outcome).isEqualTo(new ReconcileOutcome.Completed(4, 7, 7, 0, device));
    }

    @Test
    void a_change_of_content_or_mode_is_found() throws IOException {
        reconcile(reconciler());
        write("d/b", "33");
        Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("rw-------"));
        assertThat(reconcile(reconciler())).containsExactly("changed a", "changed d/b");
    }

    @Test
    void a_file_that_may_hide_a_second_change_counts_as_changed() throws IOException {
        reconcile(reconciler());
        record.put(RawPath.of("a"), StatReader.lstat(root.resolve("a")), true);
        assertThat(reconcile(reconciler())).containsExactly("changed a");
    }

    @Test
    void only_the_topmost_vanished_path_is_told() throws IOException {
        reconcile(reconciler());
        delete("d");
        assertThat(reconcile(reconciler())).containsExactly("gone directory d");
        assertThat(record.onRecord()).isEqualTo(RecordedTree.onDisk(root));
    }

    @Test
    void a_directory_that_became_a_file_is_gone_and_changed() throws IOException {
        reconcile(reconciler());
        delete("d");
        write("d", "now a file");
        assertThat(reconcile(reconciler())).containsExactly("changed d", "gone directory d");
        assertThat(record.onRecord()).isEqualTo(RecordedTree.onDisk(root));
        delete("d");
        write("d/new", "a directory again");
        assertThat(reconcile(reconciler())).containsExactly("changed d", "changed d/new", "gone d");
    }

    @Test
    void hostile_names_are_told_byte_for_byte() throws IOException {
        for (byte[] name : new byte[][] {
            {'n', '\n', 'l'},
            {(byte) 0xFF, (byte) 0xFE},
            {'-', 'r', 'f'},
            {' '},
            {'\\'},
            {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD}
        }) {
            Files.write(RawPath.ROOT.child(name).under(root), name);
            Path directory = RawPath.of("dir").child(name).under(root);
            Files.createDirectories(directory);
            Files.write(directory.resolve("in"), name);
        }
        reconcile(reconciler());
        assertThat(record.onRecord()).isEqualTo(RecordedTree.onDisk(root)).hasSize(7 + 6 + 1 + 6 + 6);
    }

    @Test
    void what_is_excluded_now_stays_on_record() {
        reconcile(reconciler());
        RootOptions options =
                new RootOptions("r", root, List.of(), List.of("/d/"), false, Optional.empty(), true, List.of());
        assertThat(reconcile(reconciler(options))).isEmpty();
        assertThat(record.known(RawPath.of("d/b"))).isPresent();
    }

    @Test
    void of_a_cache_only_the_directory_and_its_tag_are_told() throws IOException {
        write("d/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
        RootOptions options = new RootOptions("r", root, List.of(), List.of(), true, Optional.empty(), true, List.of());
        assertThat(reconcile(reconciler(options)))
                .containsExactly("changed a", "changed d", "changed d-1", "changed d-1/x", "changed d/CACHEDIR.TAG");
        reconciler(options).reconcilePaths(List.of(RawPath.of("d/b"), RawPath.of("d/e/c")), OptionalLong.empty());
        assertThat(record.takeTold()).isEmpty();
    }

    @Test
    void a_large_file_and_a_socket_are_told_once() throws IOException {
        RootOptions options = new RootOptions(
                "r", root, List.of(), List.of("d*"), false, Optional.of(new ByteSize(0)), true, List.of());
        Reconciler reconciler = reconciler(options);
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path path = Path.of("/tmp").toRealPath().resolve("kw" + System.nanoTime());
            socket.bind(UnixDomainSocketAddress.of(path));
            Files.move(path, root.resolve("s"));
            assertThat(reconcile(reconciler))
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("skipped a: its 1 B are more than max_size"))
                    .anyMatch(line -> line.startsWith("skipped s: it is a socket"));
            assertThat(reconcile(reconciler)).isEmpty();
        }
    }

    @Test
    void links_are_told_and_never_followed() throws IOException {
        Files.writeString(outside.resolve("secret"), "x");
        Files.createSymbolicLink(root.resolve("link"), outside);
        assertThat(reconcile(reconciler())).contains("changed link").noneMatch(line -> line.contains("secret"));
        assertThat(look("link/secret")).isEmpty();
    }

    @Test
    void a_parent_that_became_a_link_is_not_followed() throws IOException {
        reconcile(reconciler());
        delete("d");
        Files.writeString(outside.resolve("b"), "not ours");
        Files.createSymbolicLink(root.resolve("d"), outside);
        assertThat(look("d/b")).containsExactly("changed d", "gone directory d");
    }

    @Test
    void single_paths_are_compared_with_their_parents() throws IOException {
        reconcile(reconciler());
        write("d/e/c", "more than before");
        write("d/e/new", "");
        delete("d-1/x");
        assertThat(look("d/e/c", "d/e/new", "d-1/x", "never/was"))
                .containsExactly("changed d-1", "changed d/e", "changed d/e/c", "changed d/e/new", "gone d-1/x");
        assertThat(record.onRecord()).isEqualTo(RecordedTree.onDisk(root));
    }

    @Test
    void a_new_directory_is_compared_whole_although_only_a_path_in_it_was_told() throws IOException {
        reconcile(reconciler());
        write("new/deep/one", "1");
        write("new/two", "2");
        assertThat(look("new/deep/one"))
                .containsExactly("changed new", "changed new/deep", "changed new/deep/one", "changed new/two");
    }

    @Test
    void another_directory_of_the_same_name_is_compared_whole_although_only_itself_was_told() throws IOException {
        reconcile(reconciler());
        Files.move(root.resolve("d"), outside.resolve("moved-out"));
        write("d/b", "another b");
        assertThat(look("d")).containsExactly("changed d", "changed d/b", "gone directory d/e");
        assertThat(record.onRecord()).isEqualTo(RecordedTree.onDisk(root));
    }

    @Test
    void the_topmost_vanished_parent_of_a_path_is_told() throws IOException {
        reconcile(reconciler());
        delete("d");
        assertThat(look("d/e/c", "d/b")).containsExactly("gone directory d");
    }

    @Test
    void a_part_of_the_tree_is_compared_alone() throws IOException {
        reconcile(reconciler());
        write("d/e/c", "changed");
        write("d-1/x", "changed too");
        reconciler().reconcile(RawPath.of("d"), OptionalLong.empty(), ReconcileProgress.SILENT);
        assertThat(record.takeTold()).containsExactly("changed d/e/c");
    }

    @Test
    void an_unreadable_directory_is_a_problem_and_no_deletion() throws IOException {
        reconcile(reconciler());
        Files.setPosixFilePermissions(root.resolve("d"), PosixFilePermissions.fromString("---------"));
        try {
            assumeTrue(!Files.isReadable(root.resolve("d")), "needs a user that permissions hold for, not root");
            assertThat(reconcile(reconciler()))
                    .hasSize(2)
                    .contains("changed d")
                    .anyMatch(line -> line.startsWith("skipped d: the directory cannot be read: permission denied"));
        } finally {
            Files.setPosixFilePermissions(root.resolve("d"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_missing_root_is_an_outcome_and_no_deletion() throws IOException {
        reconcile(reconciler());
        delete("");
        ReconcileOutcome outcome = reconciler().reconcile(RawPath.ROOT, OptionalLong.empty(), ReconcileProgress.SILENT);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ReconcileOutcome.RootAbsent.class,
                        absent -> assertThat(absent.unmounted()).isFalse());
        assertThat(look2(RawPath.of("a"))).isInstanceOf(ReconcileOutcome.RootAbsent.class);
        assertThat(record.takeTold()).isEmpty();
        Files.createDirectory(root);
    }

    private ReconcileOutcome look2(RawPath path) {
        return reconciler().reconcilePaths(List.of(path), OptionalLong.empty());
    }

    @Test
    void an_empty_root_on_another_device_is_an_unmounted_one() throws IOException {
        reconcile(reconciler());
        for (String path : List.of("a", "d", "d-1")) {
            delete(path);
        }
        long device = StatReader.lstat(root).device();
        assertThat(reconciler().reconcile(RawPath.ROOT, OptionalLong.of(device + 1), ReconcileProgress.SILENT))
                .isInstanceOfSatisfying(
                        ReconcileOutcome.RootAbsent.class,
                        absent -> assertThat(absent.unmounted()).isTrue());
        assertThat(record.takeTold()).isEmpty();
        reconciler().reconcile(RawPath.ROOT, OptionalLong.of(device), ReconcileProgress.SILENT);
        assertThat(record.takeTold()).containsExactly("gone a", "gone directory d", "gone directory d-1");
    }

    @Test
    void more_changes_than_fit_in_a_batch_are_all_told() throws IOException {
        for (int i = 0; i < 2 * ReconcileReport.BATCH + 1; i++) {
            write("many/" + i, "");
        }
        reconcile(reconciler());
        assertThat(record.onRecord()).isEqualTo(RecordedTree.onDisk(root));
    }

    @Test
    void a_cancelled_comparison_tells_no_deletion() throws IOException {
        reconcile(reconciler());
        delete("a");
        ReconcileProgress cancelled = new ReconcileProgress() {
            @Override
            public void progressed(long directories, long files, long changes) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThat(reconciler().reconcile(RawPath.ROOT, OptionalLong.empty(), cancelled))
                .isInstanceOf(ReconcileOutcome.Cancelled.class);
        assertThat(record.takeTold()).isEmpty();
    }

    @Test
    void an_exception_of_the_record_ends_the_comparison_and_reaches_the_caller() {
        KnownFiles broken = new KnownFiles() {
            @Override
            public List<KnownFile> children(RawPath directory) {
                throw new IllegalStateException("the record is closed");
            }

            @Override
            public Optional<KnownFile> known(RawPath path) {
                return Optional.empty();
            }
        };
        Reconciler reconciler =
                new Reconciler(RootOptions.of("r", root), broken, record, pool, 4, InstantSource.system());
        assertThatThrownBy(() -> reconciler.reconcile(RawPath.ROOT, OptionalLong.empty(), ReconcileProgress.SILENT))
                .hasMessage("the record is closed");
    }

    @Test
    void a_busy_pool_does_not_hold_up_the_caller() {
        pool.shutdownNow();
        assertThat(reconcile(reconciler())).hasSize(7);
    }
}
