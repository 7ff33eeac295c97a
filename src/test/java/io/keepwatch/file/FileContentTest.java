package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {
    private static final int SIZE = 3 * FileHasher.IN_MEMORY_BYTES + 17;
    private static final RawPath PATH = RawPath.of("f");

    @TempDir
    Path temporary;

    private final byte[] bytes = new byte[SIZE];
    private Path file = Path.of("");
    private RootDirectory root = new RootDirectory(Path.of("/"));

    @BeforeEach
    void write_a_large_file() throws IOException {
        new Random(7).nextBytes(bytes);
        file = Files.write(temporary.resolve("f"), bytes);
        root = new RootDirectory(temporary.toRealPath());
    }

    private HashedFile hash() throws IOException {
        return new FileHasher(root).hash(PATH);
    }

    @Test
    void an_unchanged_file_is_given_whole_and_again_and_in_parts() throws IOException {
        HashedFile hashed = hash();
        assertThat(hashed.changedWhileRead()).isFalse();
        assertThat(hashed.hash()).isEqualTo(Sha256.hash(bytes));
        assertThat(hashed.content().lengthBytes()).isEqualTo(SIZE);
        for (int offset : new int[] {0, 0, 1, 2_000_000, SIZE}) {
            try (InputStream in = hashed.content().open(offset)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, offset, SIZE));
            }
        }
    }

    @Test
    void a_file_that_changed_since_cannot_be_opened() throws IOException {
        Content content = hash().content();
        Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        assertThatThrownBy(() -> content.open(0)).isInstanceOf(ContentChangedException.class);
        assertThatThrownBy(() -> content.open(5)).isInstanceOf(ContentChangedException.class);
    }

    @Test
    void a_change_while_it_is_read_ends_it_before_the_last_byte() throws IOException {
        Content content = hash().content();
        try (InputStream in = content.open(0)) {
            in.readNBytes(1000);
            byte[] other = bytes.clone();
            other[SIZE - 1]++;
            Files.write(file, other);
            assertThat(readUntilChange(in)).isLessThan(SIZE - 1000);
        }
    }

    @Test
    void a_change_hidden_behind_an_equal_stat_is_found_by_the_hash() throws IOException {
        FileStat stat = root.meta(PATH).stat();
        FileContent content = new FileContent(root, PATH, stat, Sha256.hash(new byte[] {1}));
        try (InputStream in = content.open(0)) {
            assertThat(readUntilChange(in)).isLessThan(SIZE);
        }
    }

    @Test
    void an_empty_file_with_another_hash_is_found_at_once() throws IOException {
        Files.write(file, new byte[0]);
        FileStat stat = root.meta(PATH).stat();
        assertThat(new FileContent(root, PATH, stat, Sha256.hash(new byte[0])).open(0))
                .isEmpty();
        assertThatThrownBy(() -> new FileContent(root, PATH, stat, Sha256.hash(new byte[] {1})).open(0))
                .isInstanceOf(ContentChangedException.class);
    }

    @Test
    void a_file_cut_while_it_is_read_is_an_error() throws IOException {
        Content content = hash().content();
        try (InputStream in = content.open(10)) {
            in.readNBytes(10);
            Files.write(file, new byte[20]);
            assertThat(readUntilChange(in)).isLessThan(SIZE - 20);
        }
    }

    @Test
    void a_small_file_is_read_once_and_held() throws IOException {
        Files.writeString(file, "small");
        HashedFile hashed = hash();
        Files.delete(file);
        assertThat(hashed.content().open(0)).hasContent("small");
        assertThat(hashed.content().open(2)).hasContent("all");
        assertThat(hashed.meta().stat().sizeBytes()).isEqualTo(5);
    }

    @Test
    void a_copy_serves_when_the_original_never_rests() throws IOException {
        HashedFile hashed = new FileHasher(root).copy(PATH, temporary.resolve("copy"));
        Files.delete(file);
        assertThat(Sha256.hash(hashed.content().open(0).readAllBytes())).isEqualTo(hashed.hash());
        assertThat(hashed.content().open(SIZE - 3L).readAllBytes()).hasSize(3);
    }

    @Test
    void another_file_of_the_same_size_and_time_is_another_file() throws IOException {
        Content content = hash().content();
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.write(temporary.resolve("g"), bytes);
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> content.open(0)).isInstanceOf(ContentChangedException.class);
    }

    private static long readUntilChange(InputStream in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> in.transferTo(out)).isInstanceOf(ContentChangedException.class);
        return out.size();
    }
}
