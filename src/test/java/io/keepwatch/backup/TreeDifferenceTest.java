package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeDifferenceTest extends BackupFixture {
    private TreeDifference difference() {
        return new TreeDifference(catalog().reader(), layout, tree, ROOT);
    }

    private List<String> lines(String path, Optional<Instant> at) throws IOException {
        return difference().lines(RawPath.of(path), at).stream()
                .map(line -> line.kind() + " " + line.path())
                .toList();
    }

    private List<String> unified(String path) throws IOException {
        CatalogVersion stored =
                difference().stored(RawPath.of(path), Optional.empty()).orElseThrow();
        return difference().unified(RawPath.of(path), stored);
    }

    @Test
    void an_unchanged_tree_has_no_difference_and_costs_no_request() throws IOException {
        write("dir/a", "one");
        Files.createSymbolicLink(tree.resolve("link"), tree.resolve("dir"));
        backUp();
        store.requests();
        assertThat(lines("", Optional.empty())).isEmpty();
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void each_path_is_told_with_the_kind_of_its_difference() throws IOException {
        write("content", "one");
        write("gone", "two");
        write("mode", "three");
        write("type", "four");
        backUp();
        write("content", "one and more");
        Files.delete(tree.resolve("gone"));
        Files.setPosixFilePermissions(tree.resolve("mode"), PosixFilePermissions.fromString("rwx------"));
        Files.delete(tree.resolve("type"));
        Files.createDirectory(tree.resolve("type"));
        assertThat(lines("", Optional.empty()))
                .containsExactlyInAnyOrder("changed content", "gone gone", "metadata mode", "changed type");
        assertThat(lines("mode", Optional.empty())).containsExactly("metadata mode");
    }

    @Test
    void what_was_stored_after_a_time_is_new_since_then() throws IOException {
        write("dir/old", "one");
        backUp();
        Instant then = clock.instant();
        clock.advance(java.time.Duration.ofSeconds(1));
        write("dir/young", "two");
        backUp();
        assertThat(lines("", Optional.of(then))).containsExactly("new dir/young");
        assertThat(difference().stored(RawPath.of("dir/young"), Optional.of(then)))
                .isEmpty();
        assertThat(difference().stored(RawPath.of("dir/old"), Optional.of(then)))
                .isPresent();
    }

    @Test
    void a_deleted_file_is_stored_at_the_time_when_it_was_there() throws IOException {
        write("a", "one");
        backUp();
        Instant then = clock.instant();
        clock.advance(java.time.Duration.ofSeconds(1));
        Files.delete(tree.resolve("a"));
        backUp();
        assertThat(difference().stored(RawPath.of("a"), Optional.empty())).isEmpty();
        assertThat(difference().stored(RawPath.of("a"), Optional.of(then))).isPresent();
    }

    @Test
    void a_text_is_compared_line_by_line() throws IOException {
        write("a", "one\ntwo\nthree\n");
        backUp();
        write("a", "one\n2\nthree\n");
        assertThat(unified("a")).contains("--- stored/a", "+++ now/a", "-two", "+2", " three");
    }

    @Test
    void the_same_content_has_no_difference_whatever_its_times() throws IOException {
        write("a", "one\n");
        backUp();
        write("a", "one\n");
        assertThat(unified("a")).isEmpty();
    }

    @Test
    void control_characters_do_not_reach_the_terminal() throws IOException {
        write("a", "one\n");
        backUp();
        write("a", "\u001b[31mred\n");
        assertThat(unified("a")).contains("+\\x1b[31mred");
    }

    @Test
    void contents_that_are_no_text_are_only_told_to_differ() throws IOException {
        write("a", "one");
        backUp();
        Files.write(tree.resolve("a"), new byte[] {0, 1, 2, 3});
        assertThat(unified("a")).containsExactly("binary contents differ: 3 bytes stored, 4 bytes there");
    }

    @Test
    void a_difference_that_no_line_shows_is_told_all_the_same() throws IOException {
        write("end", "one");
        Files.write(write("bytes", ""), new byte[] {(byte) 0xFF});
        backUp();
        write("end", "one\n");
        Files.write(tree.resolve("bytes"), new byte[] {(byte) 0xFE});
        assertThat(unified("end")).singleElement().asString().contains("line ends");
        assertThat(unified("bytes")).isNotEmpty();
    }

    @Test
    void a_file_that_is_gone_is_told_so() throws IOException {
        write("a", "one");
        backUp();
        Files.delete(tree.resolve("a"));
        assertThat(unified("a")).containsExactly("gone: \"a\" is stored but not there");
    }

    @Test
    void a_file_too_large_for_lines_says_what_to_do() throws IOException {
        Files.write(tree.resolve("a"), new byte[(8 << 20) + 1]);
        backUp();
        assertThatThrownBy(() -> unified("a")).hasMessageContaining("--to");
    }
}
