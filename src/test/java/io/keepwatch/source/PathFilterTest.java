package io.keepwatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathFilterTest {
    private static final byte[] NOT_UTF_8 = {(byte) 0xFF, '\n', '.', 't', 'm', 'p'};

    @TempDir
    Path root;

    private PathFilter filter(List<String> include, List<String> exclude) {
        return new PathFilter(
                new RootOptions("r", root, include, exclude, true, Optional.of(new ByteSize(100)), true, List.of()),
                root);
    }

    private static FileStat stat(FileType type, long size) {
        return new FileStat(type, size, Instant.EPOCH, Instant.EPOCH, 1, 2, 1, 0644, 0, 0, 0);
    }

    private static Verdict judge(PathFilter filter, String path) {
        boolean directory = path.endsWith("/");
        RawPath raw = RawPath.of(directory ? path.substring(0, path.length() - 1) : path);
        return filter.judge(raw, stat(directory ? FileType.DIRECTORY : FileType.REGULAR, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "x.tmp, EXCLUDED",
        "deep/down/x.tmp, EXCLUDED",
        "keep.tmp, INCLUDED",
        "build/, EXCLUDED",
        "build, INCLUDED",
        "top, EXCLUDED",
        "a/top, INCLUDED",
        "a/b/c/logs/, EXCLUDED",
        "x.txt, INCLUDED"
    })
    void exclude_patterns_are_those_of_gitignore(String path, Verdict expected) {
        PathFilter filter = filter(List.of(), List.of("*.tmp", "!keep.tmp", "build/", "/top", "a/**/logs"));
        assertThat(judge(filter, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "etc/passwd, INCLUDED",
        "etc/ssh/, INCLUDED",
        "etc/ssh/key.bak, NOT_INCLUDED",
        "home/, INCLUDED",
        "home/ann/, INCLUDED",
        "home/ann/docs/letter, INCLUDED",
        "home/ann/music/, INCLUDED",
        "home/ann/song, NOT_INCLUDED",
        "var/, NOT_INCLUDED",
        "vmlinuz, NOT_INCLUDED"
    })
    void include_patterns_take_what_they_match_and_the_directories_on_the_way(String path, Verdict expected) {
        PathFilter filter = filter(List.of("/etc/", "!*.bak", "/home/*/docs/"), List.of());
        assertThat(judge(filter, path)).isEqualTo(expected);
    }

    @Test
    void exclude_wins_over_include() {
        assertThat(judge(filter(List.of("*.txt"), List.of("secret*")), "secret.txt"))
                .isEqualTo(Verdict.EXCLUDED);
    }

    @Test
    void names_that_are_not_utf_8_or_hold_line_ends_are_matched_like_others() {
        RawPath path = RawPath.of("dür").child(NOT_UTF_8);
        FileStat stat = stat(FileType.REGULAR, 1);
        assertThat(filter(List.of(), List.of("dür/*.tmp")).judge(path, stat)).isEqualTo(Verdict.EXCLUDED);
        assertThat(filter(List.of(), List.of("?*mp")).judge(path, stat)).isEqualTo(Verdict.EXCLUDED);
        assertThat(filter(List.of("/d*r/*t?p"), List.of()).judge(path, stat)).isEqualTo(Verdict.INCLUDED);
        assertThat(filter(List.of(), List.of("*.txt")).judge(path, stat)).isEqualTo(Verdict.INCLUDED);
    }

    @Test
    void a_path_beneath_an_excluded_parent_is_known_without_a_stat() {
        PathFilter filter = filter(List.of(), List.of("cache/"));
        assertThat(filter.judgeParents(RawPath.of("a/cache/b/c"))).isEqualTo(Verdict.EXCLUDED);
        assertThat(filter.judgeParents(RawPath.of("a/b/cache"))).isEqualTo(Verdict.INCLUDED);
    }

    @Test
    void large_files_and_sockets_are_left_out_with_a_reason() {
        PathFilter filter = filter(List.of(), List.of());
        FileStat large = stat(FileType.REGULAR, 101);
        assertThat(filter.judge(RawPath.of("f"), large)).isEqualTo(Verdict.TOO_LARGE);
        assertThat(filter.reason(Verdict.TOO_LARGE, large)).contains("101 B").contains("max_size 100 B");
        assertThat(filter.judge(RawPath.of("f"), stat(FileType.REGULAR, 100))).isEqualTo(Verdict.INCLUDED);
        assertThat(filter.judge(RawPath.of("d"), stat(FileType.DIRECTORY, 4096)))
                .isEqualTo(Verdict.INCLUDED);
        assertThat(filter.judge(RawPath.of("s"), stat(FileType.SOCKET, 0))).isEqualTo(Verdict.SOCKET);
    }

    @Test
    void keepwatchs_own_state_is_left_out_also_through_a_link() throws IOException {
        Path state = Files.createDirectories(root.resolve("var/keepwatch"));
        Path link = Files.createSymbolicLink(root.resolve("link"), state);
        RootOptions options =
                new RootOptions("r", root, List.of(), List.of(), false, Optional.empty(), true, List.of(link));
        PathFilter filter = new PathFilter(options, root.toRealPath());
        assertThat(judge(filter, "var/keepwatch/")).isEqualTo(Verdict.OWN_STATE);
        assertThat(judge(filter, "var/keepwatch/catalog.db")).isEqualTo(Verdict.OWN_STATE);
        assertThat(judge(filter, "var/keepwatch-1")).isEqualTo(Verdict.INCLUDED);
    }

    @Test
    void a_directory_is_a_cache_only_with_the_signature() throws IOException {
        Files.writeString(
                Files.createDirectory(root.resolve("cache")).resolve("CACHEDIR.TAG"),
                "Signature: 8a477f597d28d172789f06886806bc55\n# made by a test\n");
        Files.writeString(Files.createDirectory(root.resolve("fake")).resolve("CACHEDIR.TAG"), "Signature: 1");
        Files.createDirectories(root.resolve("odd/CACHEDIR.TAG"));
        PathFilter filter = filter(List.of(), List.of());
        assertThat(filter.isCache(RawPath.of("cache"))).isTrue();
        assertThat(filter.isCache(RawPath.of("fake"))).isFalse();
        assertThat(filter.isCache(RawPath.of("odd"))).isFalse();
        assertThat(filter.isCache(RawPath.of("none"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "# comment", "a[b"})
    void a_pattern_that_can_match_nothing_is_refused(String pattern) {
        assertThatThrownBy(() -> filter(List.of(), List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can match nothing");
    }

    @Test
    void a_relative_root_is_refused() {
        assertThatThrownBy(() -> RootOptions.of("r", Path.of("data"))).hasMessageContaining("relative");
    }
}
