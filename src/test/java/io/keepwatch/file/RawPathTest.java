package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {
    private static final byte[][] NAMES = {
        {'a'},
        {'-', 'r', 'f'},
        {'.', 'h'},
        {'n', '\n', 'l'},
        {(byte) 0xFF, 'x'},
        {(byte) 0xC3, (byte) 0xBC},
        {'%', '4', '1'}
    };

    @TempDir
    Path root;

    @Test
    void every_name_survives_the_way_to_the_disk_and_back() throws IOException {
        for (byte[] name : NAMES) {
            RawPath path = RawPath.of("d").child(name);
            Files.createDirectories(root.resolve("d"));
            Files.write(path.under(root), name);
            assertThat(Files.readAllBytes(path.under(root))).isEqualTo(name);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve("d"))) {
            for (Path file : files) {
                assertThat(RawPath.between(root, file).name()).isEqualTo(Files.readAllBytes(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a/", "a//b", "..", "a/../b", ".", "a\0b"})
    void a_path_that_could_leave_the_root_cannot_be_made(String text) {
        assertThatThrownBy(() -> RawPath.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_path_knows_its_parent_and_name() {
        RawPath path = RawPath.of("a/b/c");
        assertThat(path.parent()).hasValue(RawPath.of("a/b"));
        assertThat(new String(path.name(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("c");
        assertThat(RawPath.of("a").parent()).hasValue(RawPath.ROOT);
        assertThat(RawPath.ROOT.parent()).isEmpty();
        assertThat(path.segments()).hasSize(3);
    }

    @Test
    void a_sibling_with_the_same_beginning_is_not_within() {
        assertThat(RawPath.of("a-1/x").isWithin(RawPath.of("a"))).isFalse();
        assertThat(RawPath.of("a/x").isWithin(RawPath.of("a"))).isTrue();
        assertThat(RawPath.of("a").isWithin(RawPath.of("a"))).isTrue();
        assertThat(RawPath.of("a").isWithin(RawPath.ROOT)).isTrue();
    }
}
