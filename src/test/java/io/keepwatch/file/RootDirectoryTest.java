package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RootDirectoryTest {
    @TempDir
    Path temporary;

    private Path tree = Path.of("");
    private Path canary = Path.of("");
    private RootDirectory root = new RootDirectory(Path.of("/"));

    @BeforeEach
    void make_a_root() throws IOException {
        tree = Files.createDirectory(temporary.toRealPath().resolve("root"));
        canary = Files.createDirectory(temporary.toRealPath().resolve("canary"));
        Files.writeString(canary.resolve("f"), "canary");
        root = new RootDirectory(tree);
    }

    @Test
    void meta_tells_all_about_a_link_and_does_not_follow_it() throws IOException {
        Files.createSymbolicLink(tree.resolve("l"), canary);
        FileMeta meta = root.meta(RawPath.of("l"));
        assertThat(meta.stat().type()).isEqualTo(FileType.SYMLINK);
        assertThat(meta.linkTarget()).hasValue(Bytes.of(canary.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(meta.owner()).hasValue(Files.getOwner(tree).getName());
    }

    @Test
    void the_root_itself_has_meta() throws IOException {
        assertThat(root.meta(RawPath.ROOT).stat().type()).isEqualTo(FileType.DIRECTORY);
    }

    @Test
    void an_owner_without_a_name_is_a_number_only() throws IOException {
        Path file = Files.writeString(tree.resolve("f"), "");
        try {
            Files.setAttribute(file, "unix:uid", 3_999_999);
        } catch (IOException e) {
            assumeThat(e).as("only root may give files away").isNull();
        }
        assertThat(root.meta(RawPath.of("f")).owner()).isEmpty();
        assertThat(root.meta(RawPath.of("f")).stat().uid()).isEqualTo(3_999_999);
    }

    @Test
    void a_file_is_read_from_an_offset() throws IOException {
        Files.writeString(tree.resolve("f"), "0123456");
        try (OpenedFile file = root.open(RawPath.of("f"))) {
            assertThat(file.from(4)).hasContent("456");
            assertThat(file.stat().sizeBytes()).isEqualTo(7);
        }
    }

    @Test
    void a_link_in_place_of_the_file_is_refused() throws IOException {
        Files.createSymbolicLink(tree.resolve("f"), canary.resolve("f"));
        assertThatThrownBy(() -> root.open(RawPath.of("f")))
                .isInstanceOf(ContentChangedException.class)
                .hasMessageContaining("SYMLINK");
    }

    @Test
    void a_link_in_place_of_a_parent_is_refused() throws IOException {
        Files.createSymbolicLink(tree.resolve("d"), canary);
        assertThatThrownBy(() -> root.open(RawPath.of("d/f"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> root.meta(RawPath.of("d/f"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> root.names(RawPath.of("d"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_link_in_place_of_the_root_is_refused() throws IOException {
        Files.delete(tree);
        Files.createSymbolicLink(tree, canary);
        assertThatThrownBy(() -> root.open(RawPath.of("f"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @Timeout(20)
    void a_fifo_in_place_of_the_file_does_not_block() throws IOException {
        assumeThat(HeldDirectory.isSafeFromRaces()).as("mknodat").isTrue();
        try (HeldDirectory directory = HeldDirectory.open(tree)) {
            directory.createNode(new byte[] {'f'}, FileType.FIFO, 0);
        }
        assertThatThrownBy(() -> root.open(RawPath.of("f")))
                .isInstanceOf(ContentChangedException.class)
                .hasMessageContaining("FIFO");
    }

    @Test
    @Timeout(60)
    void no_byte_of_the_canary_is_read_while_parents_and_files_are_swapped() throws Exception {
        assumeThat(HeldDirectory.isSafeFromRaces())
                .as("calls that cannot be raced")
                .isTrue();
        Path directory = Files.createDirectory(tree.resolve("d"));
        Files.writeString(directory.resolve("f"), "harmless");
        Path aside = tree.resolve("aside");
        AtomicBoolean done = new AtomicBoolean();
        Thread attacker = new Thread(() -> swapUntil(done, directory, aside));
        attacker.start();
        int read = 0;
        try {
            for (int i = 0; i < 20_000; i++) {
                Optional<String> text = tryToRead(RawPath.of("d/f"));
                assertThat(text.orElse("harmless")).isEqualTo("harmless");
                read += text.isPresent() ? 1 : 0;
            }
        } finally {
            done.set(true);
            attacker.join();
        }
        assertThat(read).isPositive();
    }

    private void swapUntil(AtomicBoolean done, Path directory, Path aside) {
        try {
            while (!done.get()) {
                Files.move(directory, aside);
                Files.createSymbolicLink(directory, canary);
                Files.delete(directory);
                Files.move(aside, directory);
                Path file = directory.resolve("f");
                Files.createSymbolicLink(directory.resolve("l"), canary.resolve("f"));
                Files.move(directory.resolve("l"), file, StandardCopyOption.REPLACE_EXISTING);
                Files.writeString(directory.resolve("n"), "harmless");
                Files.move(directory.resolve("n"), file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Optional<String> tryToRead(RawPath path) throws IOException {
        try (OpenedFile file = root.open(path)) {
            return Optional.of(new String(file.from(0).readAllBytes(), StandardCharsets.UTF_8));
        } catch (NoSuchFileException | ContentChangedException e) {
            return Optional.empty();
        }
    }

    @Test
    void a_name_of_any_bytes_is_reached_and_shown_escaped() throws IOException {
        byte[] name = {'-', (byte) 0xFE, '\n', 0x1B, '[', '2', 'J'};
        RawPath path = RawPath.of("d").child(name);
        Files.createDirectory(tree.resolve("d"));
        Files.write(path.under(tree), name);
        assertThat(root.names(RawPath.of("d"))).anyMatch(found -> Arrays.equals(found, name));
        try (OpenedFile file = root.open(path)) {
            assertThat(file.from(0).readAllBytes()).isEqualTo(name);
        }
        Files.delete(path.under(tree));
        assertThatThrownBy(() -> root.open(path)).hasMessageContaining("\\x0a\\x1b[2J");
    }
}
