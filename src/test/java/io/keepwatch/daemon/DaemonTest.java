package io.keepwatch.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keepwatch.backup.Rebuilder;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogLockedException;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Xattr;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DaemonTest extends DaemonFixture {
    private Path write(String path, String text) throws IOException {
        Path file = watched().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private void makeFifo(String name) throws IOException {
        try (HeldDirectory directory = HeldDirectory.open(watched())) {
            directory.createNode(name.getBytes(UTF_8), FileType.FIFO, 0);
        }
    }

    private void deleteTree(Path top) throws IOException {
        try (var tree = Files.walk(top)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void a_tree_that_was_there_before_becomes_durable() throws IOException {
        write("a", "text");
        write("empty", "");
        write("d/e/f", "x".repeat(2_000_000));
        Files.createDirectory(watched().resolve("hollow"));
        Files.createSymbolicLink(watched().resolve("link"), Path.of("nowhere"));
        makeFifo("pipe");
        Daemon daemon = start();
        awaitStatus(daemon, status -> status.state().equals("current"));
        assertRestoresExactly();
        assertThat(status(daemon).roots().get(0).files()).isEqualTo(3);
    }

    @Test
    void every_kind_of_change_of_a_watched_tree_ends_up_in_the_backup() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside/moved-in/deep"));
        Files.writeString(outside.resolve("f"), "from outside");
        write("appended", "one");
        write("overwritten", "same size A");
        write("replaced", "old");
        write("renamed", "keeps its bytes");
        write("deleted", "x");
        write("dir/renamed/deep/f", "f");
        write("dir/renamed/deep/g", "g");
        write("dir/moved-out/f", "f");
        write("dir/deleted/with/children", "c");
        write("mode", "m");
        write("times", "t");
        write("linked", "one inode");
        write("unlinked", "one of two names goes");
        Files.createLink(watched().resolve("unlinked-2"), watched().resolve("unlinked"));
        write("file-to-dir", "f");
        write("dir-to-file/a/b", "b");
        Files.createSymbolicLink(watched().resolve("link"), Path.of("first"));
        Daemon daemon = start();
        awaitDurable(daemon);

        Path root = watched();
        Files.writeString(root.resolve("appended"), "two", StandardOpenOption.APPEND);
        Files.writeString(root.resolve("overwritten"), "same size B");
        Files.move(
                Files.writeString(root.resolve("replaced.tmp"), "new"),
                root.resolve("replaced"),
                StandardCopyOption.ATOMIC_MOVE);
        Files.move(root.resolve("renamed"), root.resolve("new name"));
        Files.delete(root.resolve("deleted"));
        Files.move(root.resolve("dir/renamed"), root.resolve("dir/named anew"));
        Files.writeString(root.resolve("dir/named anew/deep/f"), "changed after the rename");
        Files.move(root.resolve("dir/moved-out"), temporary.resolve("outside/moved-out"));
        Files.writeString(temporary.resolve("outside/moved-out/f"), "none of our business");
        Files.move(temporary.resolve("outside/moved-in"), root.resolve("moved-in"));
        deleteTree(root.resolve("dir/deleted"));
        mode(root.resolve("mode"), "rwxr-x--x");
        mode(root.resolve("dir"), "rwx------");
        Files.setLastModifiedTime(root.resolve("times"), FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
        Files.createLink(root.resolve("dir/second name"), root.resolve("linked"));
        Files.delete(root.resolve("unlinked"));
        Files.delete(root.resolve("file-to-dir"));
        write("file-to-dir/child/deep", "now a directory");
        deleteTree(root.resolve("dir-to-file"));
        write("dir-to-file", "now a file");
        Files.delete(root.resolve("link"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("second"));
        makeFifo("pipe");
        write("new/nested/directories/f", "f");
        Files.createDirectories(root.resolve("new/hollow/inner"));
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void a_path_that_changes_its_type_back_and_forth_is_followed() throws IOException {
        Daemon daemon = start();
        Path path = watched().resolve("a");
        for (int i = 0; i < 3; i++) {
            Files.writeString(path, "file " + i);
            awaitDurable(daemon);
            Files.delete(path);
            write("a/b", "in a directory " + i);
            write("a/c/d", "deep");
            awaitDurable(daemon);
            assertRestoresExactly();
            deleteTree(path);
        }
        Files.createSymbolicLink(path, Path.of("/nowhere"));
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void all_names_of_a_file_are_one_file_whichever_name_is_used() throws IOException {
        Path first = write("first", "one inode");
        write("d/f", "content");
        Daemon daemon = start();
        awaitDurable(daemon);
        Path second = Files.createLink(watched().resolve("d/second"), first);
        awaitDurable(daemon);
        assertRestoresExactly();
        Files.writeString(second, "changed under the second name");
        awaitDurable(daemon);
        assertRestoresExactly();
        Path third = Files.createLink(watched().resolve("third"), second);
        awaitDurable(daemon);
        Files.delete(first);
        awaitDurable(daemon);
        assertRestoresExactly();
        Files.copy(third, first, StandardCopyOption.COPY_ATTRIBUTES);
        awaitDurable(daemon);
        assertRestoresExactly();
        mode(third, "rwx------");
        Files.move(second, watched().resolve("moved"));
        awaitDurable(daemon);
        assertRestoresExactly();
        Files.createDirectory(watched().resolve("copy"));
        Files.createLink(watched().resolve("copy/f"), watched().resolve("d/f"));
        Files.createLink(watched().resolve("copy/third"), third);
        Files.delete(third);
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void owners_are_followed() throws IOException {
        assumeThat(isRoot()).as("only root gives files away").isTrue();
        Path file = write("d/f", "x");
        Daemon daemon = start();
        awaitDurable(daemon);
        Files.setAttribute(file, "unix:uid", 12345);
        Files.setAttribute(file.getParent(), "unix:gid", 54321);
        Files.setAttribute(watched(), "unix:uid", 12345);
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void extended_attributes_are_followed() throws IOException {
        write("d/f", "x");
        Daemon daemon = start();
        awaitDurable(daemon);
        try (HeldDirectory top = HeldDirectory.open(watched());
                HeldDirectory directory = top.directory("d".getBytes(UTF_8));
                HeldEntry file = directory.entry("f".getBytes(UTF_8))) {
            file.setXattrs(List.of(new Xattr("user.colour", Bytes.of(new byte[] {0, 1, -1}))));
            directory.setXattrs(List.of(new Xattr("user.of-a-directory", Bytes.of("v".getBytes(UTF_8)))));
            top.setXattrs(List.of(new Xattr("user.of-the-root", Bytes.of("v".getBytes(UTF_8)))));
        } catch (FileSystemException e) {
            assumeThat(e).as("a file system with user attributes").isNull();
        }
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void the_root_directory_itself_is_followed() throws IOException {
        Daemon daemon = start();
        awaitDurable(daemon);
        mode(watched(), "rwxr-x---");
        awaitDurable(daemon);
        assertRestoresExactly();
        Files.setLastModifiedTime(watched(), FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
        awaitRootTime(daemon);
        assertRestoresExactly();
    }

    private void awaitRootTime(Daemon daemon) throws IOException {
        try (CatalogReader catalog = CatalogReader.open(state())) {
            org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> isDurable(catalog, watched()));
        }
        awaitStatus(daemon, status -> status.state().equals("current"));
    }

    @Test
    void hostile_names_round_trip() throws IOException {
        byte[][] names = {
            "-rf".getBytes(UTF_8),
            ".hidden".getBytes(UTF_8),
            "...".getBytes(UTF_8),
            "line\nbreak".getBytes(UTF_8),
            {0x1B, '[', '2', 'J', 0x07, 0x7F, 1},
            {(byte) 0xFF, (byte) 0xFE, (byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            " spaces ".getBytes(UTF_8),
            "*?[a]{b}\\\"'$(touch PWNED)`".getBytes(UTF_8),
            "100%25 %2F &amp; + = ~".getBytes(UTF_8),
            "é".repeat(127).getBytes(UTF_8),
            "x".repeat(255).getBytes(UTF_8),
            new byte[] {(byte) 0xFF},
            "é".getBytes(UTF_8),
            "e\u0301".getBytes(UTF_8),
            "\u202Ereversed".getBytes(UTF_8),
        };
        Daemon daemon = start();
        for (byte[] name : names) {
            RawPath directory = RawPath.of(name);
            Files.createDirectory(directory.under(watched()));
            Files.write(directory.child(name).under(watched()), name);
        }
        byte[] full = "n".repeat(255).getBytes(UTF_8);
        RawPath nested = RawPath.of(full);
        while (nested.length() < 1_400) {
            nested = nested.child(full);
        }
        Files.createDirectories(nested.under(watched()));
        Files.writeString(nested.child(full).under(watched()), "beyond the length of a key");
        awaitDurable(daemon);
        assertRestoresExactly();
        Files.writeString(nested.child(full).under(watched()), "and changed there");
        Files.delete(RawPath.of(names[5]).child(names[5]).under(watched()));
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void what_changes_while_the_daemon_is_down_is_found_at_the_start() throws IOException {
        write("kept", "k");
        write("changed", "before");
        write("deleted/a/b", "b");
        write("moved", "m");
        Daemon first = start();
        awaitDurable(first);
        stop(first);
        write("changed", "after!");
        deleteTree(watched().resolve("deleted"));
        Files.createDirectory(watched().resolve("new"));
        Files.move(watched().resolve("moved"), watched().resolve("new/moved"));
        mode(watched().resolve("kept"), "r--------");
        Daemon second = start();
        awaitStatus(second, status -> status.state().equals("current"));
        assertRestoresExactly();
    }

    @Test
    void an_unchanged_restart_makes_no_request_and_an_idle_daemon_neither() throws IOException {
        for (int i = 0; i < 50; i++) {
            write("d" + i % 5 + "/f" + i, "file " + i);
        }
        Daemon first = start();
        awaitDurable(first);
        assertThat(requests(first)).isPositive();
        reconcile();
        awaitStatus(first, status -> status.state().equals("current"));
        long before = requests(first);
        assertThat(reconcile()).isZero();
        awaitStatus(first, status -> status.state().equals("current"));
        assertThat(requests(first)).isEqualTo(before);
        stop(first);
        Daemon second = start();
        awaitStatus(second, status -> status.state().equals("current"));
        assertThat(reconcile()).isZero();
        assertThat(requests(second)).isZero();
    }

    @Test
    void a_root_that_is_missing_is_waited_for_and_one_that_vanishes_loses_nothing() throws IOException {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.delete(watched());
        Daemon daemon = start();
        awaitStatus(daemon, status -> status.state().equals("blocked"));
        assertThat(status(daemon).roots().get(0).watch()).isEqualTo("missing");
        Files.createDirectory(watched());
        write("d/f", "x");
        awaitStatus(
                daemon,
                status -> status.state().equals("current")
                        && status.roots().get(0).files() == 1);
        awaitDurable(daemon);

        Files.move(watched(), elsewhere);
        awaitStatus(daemon, status -> status.state().equals("blocked"));
        assertThat(status(daemon).roots().get(0).files()).isEqualTo(2);
        long before = requests(daemon);
        Files.move(elsewhere, watched());
        awaitStatus(daemon, status -> status.state().equals("current"));
        assertThat(requests(daemon)).isEqualTo(before);
        write("d/f", "changed after its return");
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void a_second_daemon_on_the_same_state_is_refused_with_the_pid_of_the_first() throws IOException {
        Daemon daemon = start();
        assertThatThrownBy(() -> Daemon.start(config(), Clock.systemUTC()))
                .isInstanceOf(CatalogLockedException.class)
                .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        write("f", "x");
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void a_lost_catalog_is_rebuilt_from_the_bucket_and_nothing_is_uploaded_again() throws IOException {
        write("a/b/c", "c");
        write("same", "bytes");
        write("copy", "bytes");
        write("gone", "x");
        Files.createLink(watched().resolve("a/second"), watched().resolve("same"));
        Files.createSymbolicLink(watched().resolve("link"), Path.of("a"));
        makeFifo("pipe");
        Files.write(RawPath.of(new byte[] {(byte) 0xFF, '\n'}).under(watched()), new byte[] {1});
        Daemon first = start();
        awaitDurable(first);
        Files.delete(watched().resolve("gone"));
        awaitDurable(first);
        stop(first);
        List<String> problems = new ArrayList<>();
        assertThat(Catalog.moveAside(state())).isPresent();
        try (Catalog catalog = Catalog.open(state());
                Backend backend = Backend.writing(config(), catalog, Clock.systemUTC())) {
            new Rebuilder(catalog, backend.layout(), problems::add, found -> {})
                    .rebuild()
                    .toCompletableFuture()
                    .join();
        }
        assertThat(problems).isEmpty();
        assertRestoresExactly();
        Daemon second = start();
        awaitStatus(second, status -> status.state().equals("current"));
        assertThat(requests(second)).isZero();
        write("a/b/c", "and it goes on");
        awaitDurable(second);
        assertRestoresExactly();
    }

    @Test
    void a_stop_makes_durable_what_is_known() throws IOException {
        Daemon daemon = start();
        awaitDurable(daemon);
        for (int i = 0; i < 200; i++) {
            write("f" + i, "file " + i);
        }
        daemon.drain(PATIENCE);
        stop(daemon);
        try (CatalogReader catalog = CatalogReader.open(state())) {
            assertThat(catalog.backlog().pending() + catalog.backlog().uploading())
                    .isZero();
        }
    }
}
