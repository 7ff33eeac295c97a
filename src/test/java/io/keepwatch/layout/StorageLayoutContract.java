package io.keepwatch.layout;

import static io.keepwatch.layout.TestCatalog.get;
import static io.keepwatch.layout.TestCatalog.meta;
import static io.keepwatch.layout.TestCatalog.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Content;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Xattr;
import io.keepwatch.layout.TestCatalog.Change;
import io.keepwatch.store.StoreException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every layout promises. A test of a layout says only how to make one. */
public interface StorageLayoutContract {
    /** The same layout over the same bucket, at every call within a test. */
    StorageLayout layout() throws Exception;

    /** What a catalog knows of the versions stored through this layout. */
    default TestCatalog catalog() throws Exception {
        return new TestCatalog(layout());
    }

    @Test
    default void every_type_of_file_comes_back_from_the_bucket_with_all_its_metadata() throws Exception {
        TestCatalog catalog = catalog();
        FileStat odd = new FileStat(
                FileType.REGULAR,
                3,
                Instant.parse("1901-12-13T20:45:51.000000001Z"),
                Instant.parse("2262-01-01T00:00:00.999999999Z"),
                -1,
                Long.MAX_VALUE,
                65000,
                07777,
                -2,
                Integer.MIN_VALUE,
                0);
        FileMeta rich = new FileMeta(
                odd,
                Optional.of("Jörg % , = ~"),
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new Xattr("system.posix_acl_access", Bytes.of(new byte[] {0, 1, -1})),
                        new Xattr("user.a=b,c", Bytes.of(new byte[0])),
                        new Xattr("user.large", Bytes.of(new byte[10_000]))),
                Optional.empty());
        FileMeta plain = meta(FileType.REGULAR, 3);
        FileMeta device = new FileMeta(
                new FileStat(
                        FileType.BLOCK_DEVICE, 0, odd.modified(), odd.changed(), 5, 6, 1, 0660, 0, 6, 0xFFF00000103L),
                Optional.of("root"),
                Optional.of("disk"),
                Optional.empty(),
                List.of(),
                Optional.empty());
        catalog.store(
                catalog.directory(""),
                catalog.directory("dir"),
                catalog.file("dir/file", "hello"),
                catalog.file("dir/empty", ""),
                catalog.file(RawPath.of("rich"), rich, utf8("abc")),
                catalog.file(RawPath.of("second name"), plain.withHardLinkLeader(RawPath.of("rich")), utf8("abc")),
                catalog.symlink("link", new byte[] {'.', '.', '/', (byte) 0xFF, '\n'}),
                catalog.symlink("long link", "x/".repeat(2000).getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                catalog.other("fifo", meta(FileType.FIFO, 0)),
                catalog.other(
                        "tty",
                        new FileMeta(
                                new FileStat(
                                        FileType.CHARACTER_DEVICE,
                                        0,
                                        odd.modified(),
                                        odd.changed(),
                                        5,
                                        6,
                                        1,
                                        0620,
                                        0,
                                        5,
                                        1025),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty())),
                catalog.other("disk", device));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(11);
        assertThat(catalog.read(catalog.current("second name"))).isEqualTo(utf8("abc"));
        assertThat(catalog.read(catalog.current("dir/empty"))).isEmpty();
    }

    @Test
    default void hostile_names_come_back_byte_for_byte() throws Exception {
        TestCatalog catalog = catalog();
        List<RawPath> paths = new ArrayList<>(Stream.of(
                        "new\nline",
                        "tab\tand\u0001",
                        "-rf",
                        ".hidden",
                        "...",
                        "a.",
                        " a ",
                        "a  b",
                        "100%",
                        "%41",
                        "back\\slash",
                        "~",
                        "~trash",
                        "~d/x",
                        "x.rclonelink",
                        "x.rclonelink.d/y",
                        ".keepwatch-dir",
                        "keepwatch.json",
                        "grüße 漢字 \uD83D\uDE00",
                        "e\u0301",
                        "\uFFFD",
                        "\uFFFE",
                        "\u0085\u2028",
                        "?#&+=;:@$,'\"<>|*[]{}^`!()",
                        "CON",
                        "a",
                        "A",
                        "n".repeat(255),
                        "ü".repeat(127),
                        "d".repeat(255) + "/f",
                        ("segment".repeat(10) + "/").repeat(70) + "end")
                .map(RawPath::of)
                .toList());
        paths.add(RawPath.of(new byte[] {(byte) 0xFF, (byte) 0xFE, 'x'}));
        paths.add(RawPath.of(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
        paths.add(RawPath.of(new byte[] {'x', (byte) 0xC3}));
        byte[] everyByte = new byte[254];
        for (int i = 0, b = 1; b < 256; b++) {
            if (b != '/') {
                everyByte[i++] = (byte) b;
            }
        }
        paths.add(RawPath.of(everyByte));
        Change[] changes = paths.stream()
                .map(path -> catalog.file(path, meta(FileType.REGULAR, path.length()), path.bytes()))
                .toArray(Change[]::new);
        assertThat(catalog.store(changes)).allMatch(outcome -> outcome instanceof StoreOutcome.Stored);
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(paths.size());
        for (StoredVersion version : catalog.live()) {
            assertThat(catalog.read(version)).isEqualTo(version.version().path().bytes());
        }
    }

    @Test
    default void a_file_becomes_a_directory_and_a_file_again() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "one"));
        catalog.store(catalog.file("a/b", "two"), catalog.directory("a"));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(2);
        catalog.store(catalog.file("a", "three"), catalog.deletion("a/b"));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(1);
        assertThat(catalog.read(catalog.current("a"))).isEqualTo(utf8("three"));
        catalog.store(catalog.symlink("a", utf8("b")));
        catalog.store(catalog.directory("a"));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(1);
    }

    @Test
    default void a_flush_that_turns_a_file_into_a_directory_may_be_stored_twice() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.directory("a"), catalog.file("a/b", "one"), catalog.file("c", "two"));
        Flush flush = catalog.flush(
                catalog.file("a", "three"),
                catalog.deletion("a/b"),
                catalog.directory("c"),
                catalog.file("c/d", "four"));
        catalog.send(flush);
        assertThat(catalog.send(flush)).hasSize(4).allMatch(outcome -> outcome instanceof StoreOutcome.Stored);
        assertThat(catalog.rebuilt())
                .extracting(version -> version.path().toString())
                .containsExactly("a", "c", "c/d");
    }

    @Test
    default void renamed_changed_and_deleted_files_are_as_the_tree_is() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("old", "content"), catalog.file("kept", "same"), catalog.file("gone", "x"));
        FileMeta meta = meta(FileType.REGULAR, 4);
        FileStat stat = meta.stat();
        FileMeta executable = new FileMeta(
                new FileStat(
                        stat.type(),
                        stat.sizeBytes(),
                        stat.modified(),
                        stat.changed().plusSeconds(1),
                        stat.device(),
                        stat.inode(),
                        stat.links(),
                        0755,
                        stat.uid(),
                        stat.gid(),
                        0),
                meta.owner(),
                meta.group(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        List<StoreOutcome> outcomes = catalog.store(
                catalog.file("new", "content"),
                catalog.deletion("old"),
                catalog.file(RawPath.of("kept"), executable, utf8("same")),
                catalog.deletion("gone"));
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                StoreOutcome.Stored.class,
                                stored -> assertThat(stored.uploadedBytes()).isZero()));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(2);
        assertThat(catalog.read(catalog.current("new"))).isEqualTo(utf8("content"));
        assertThat(catalog.read(catalog.current("kept"))).isEqualTo(utf8("same"));
    }

    @Test
    default void two_files_that_swap_their_names_keep_their_contents() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "first"), catalog.file("b", "second"));
        catalog.store(catalog.file("a", "second"), catalog.file("b", "first"));
        assertThat(catalog.read(catalog.current("a"))).isEqualTo(utf8("second"));
        assertThat(catalog.read(catalog.current("b"))).isEqualTo(utf8("first"));
    }

    @Test
    default void the_same_flush_stored_again_has_the_same_result() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("old", "content"), catalog.file("gone", "x"), catalog.file("a", "1"));
        Flush flush = catalog.flush(
                catalog.file("new", "content"),
                catalog.deletion("old"),
                catalog.deletion("gone"),
                catalog.file("a", "2"));
        catalog.send(flush);
        List<FileVersion> once = catalog.rebuilt();
        assertThat(catalog.send(flush)).hasSize(4).allMatch(outcome -> outcome instanceof StoreOutcome.Stored);
        assertThat(catalog.rebuilt()).isEqualTo(once).hasSize(2);
    }

    @Test
    default void a_deleted_file_can_still_be_read() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "precious"));
        StoredVersion before = catalog.current("a");
        catalog.store(catalog.deletion("a"));
        assertThat(catalog.read(before)).isEqualTo(utf8("precious"));
        assertThat(catalog.listed())
                .extracting(StoredVersion::version)
                .contains(before.version(), catalog.current("a").version());
    }

    @Test
    default void a_content_can_be_read_again_and_from_any_offset() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "0123456789"));
        Content content = get(layout().open(catalog.current("a")));
        assertThat(content.lengthBytes()).isEqualTo(10);
        for (int offset : new int[] {0, 4, 10, 0}) {
            try (InputStream in = content.open(offset)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(utf8("0123456789"), offset, 10));
            }
        }
    }

    @Test
    default void a_file_that_changes_while_it_is_read_is_the_only_one_not_stored() throws Exception {
        TestCatalog catalog = catalog();
        List<StoreOutcome> outcomes =
                catalog.store(catalog.file("a", "1"), catalog.changing("b"), catalog.file("c", "3"));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        StoreOutcome.NotStored.class,
                        outcome -> assertThat(outcome.cause())
                                .isInstanceOf(StoreException.Unreadable.class)
                                .hasMessageContaining("changed while it was read"));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(2);
    }

    @Test
    default void a_removed_version_is_gone_for_good_and_verify_misses_it() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "1"), catalog.file("b", "2"));
        StoredVersion gone = catalog.current("a");
        catalog.forget(gone);
        get(layout().delete(List.of(gone)));
        assertThatThrownBy(() -> catalog.read(catalog.current("a")))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("\"a\"");
        assertThat(catalog.read(catalog.current("b"))).isEqualTo(utf8("2"));
        List<String> problems = new ArrayList<>();
        VerifyReport report =
                get(layout().verify(new VerifyRequest(each -> catalog.live().forEach(each), problems::add)));
        assertThat(report.isClean()).isFalse();
        assertThat(problems).singleElement().asString().contains("a");
    }

    @Test
    default void removing_an_old_version_leaves_the_newer_one_with_the_same_content() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "1"));
        StoredVersion old = catalog.current("a");
        catalog.store(catalog.file("a", "1"));
        get(layout().delete(List.of(old)));
        assertThat(catalog.read(catalog.current("a"))).isEqualTo(utf8("1"));
    }

    @Test
    default void verify_finds_nothing_where_all_is_well() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(
                catalog.directory(""),
                catalog.file("a", "1"),
                catalog.symlink("l", utf8("a")),
                catalog.file("n".repeat(255), "2"),
                catalog.other("p", meta(FileType.FIFO, 0)));
        catalog.store(catalog.file("a", "changed"));
        List<String> problems = new ArrayList<>();
        VerifyReport report =
                get(layout().verify(new VerifyRequest(each -> catalog.live().forEach(each), problems::add)));
        assertThat(problems).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.unknown()).isZero();
        assertThat(report.checked()).isPositive();
    }

    @Test
    default void an_empty_flush_and_an_empty_bucket_are_no_errors() throws Exception {
        TestCatalog catalog = catalog();
        assertThat(catalog.store()).isEmpty();
        assertThat(catalog.listed()).isEmpty();
    }
}
