package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every held directory does, on any host. */
abstract class HeldDirectoryContract {
    @TempDir
    Path temporary;

    abstract HeldDirectory open(Path realPath) throws IOException;

    private HeldDirectory open() throws IOException {
        return open(temporary.toRealPath());
    }

    static byte[] name(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_file_is_made_private_and_never_over_another() throws IOException {
        try (HeldDirectory directory = open()) {
            try (FileChannel file = directory.createFile(name("f"))) {
                file.write(ByteBuffer.wrap(name("text")));
            }
            assertThat(Files.readString(temporary.resolve("f"))).isEqualTo("text");
            try (HeldEntry entry = directory.entry(name("f"))) {
                assertThat(entry.stat().mode()).isEqualTo(0600);
            }
            Files.createSymbolicLink(temporary.resolve("l"), Path.of("elsewhere"));
            assertThatThrownBy(() -> directory.createFile(name("f"))).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> directory.createFile(name("l"))).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(temporary.resolve("elsewhere")).doesNotExist();
        }
    }

    @Test
    void a_link_is_an_entry_and_never_a_directory() throws IOException {
        Files.createDirectory(temporary.resolve("d"));
        try (HeldDirectory directory = open()) {
            directory.createLink(name("l"), Bytes.of(name("d")));
            try (HeldEntry link = directory.entry(name("l"))) {
                assertThat(link.stat().type()).isEqualTo(FileType.SYMLINK);
                assertThat(link.linkTarget()).isEqualTo(Bytes.of(name("d")));
                assertThat(link.xattrs()).isEmpty();
                assertThatThrownBy(link::read).isInstanceOf(ContentChangedException.class);
            }
            assertThatThrownBy(() -> directory.directory(name("l"))).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> open(temporary.toRealPath().resolve("l"))).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void a_move_replaces_only_when_told_to() throws IOException {
        Files.writeString(temporary.resolve("new"), "new");
        Path sub = Files.createDirectory(temporary.resolve("sub"));
        Files.writeString(sub.resolve("old"), "old");
        try (HeldDirectory directory = open();
                HeldDirectory to = directory.directory(name("sub"))) {
            assertThatThrownBy(() -> directory.move(name("new"), to, name("old"), false))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(sub.resolve("old")).hasContent("old");
            directory.move(name("new"), to, name("old"), true);
        }
        assertThat(sub.resolve("old")).hasContent("new");
        assertThat(temporary.resolve("new")).doesNotExist();
    }

    @Test
    void a_directory_that_is_not_empty_stays() throws IOException {
        Files.createDirectories(temporary.resolve("d/e"));
        try (HeldDirectory directory = open();
                HeldDirectory inner = directory.directory(name("d"))) {
            assertThatThrownBy(() -> directory.removeDirectory(name("d")))
                    .isInstanceOf(DirectoryNotEmptyException.class);
            inner.removeDirectory(name("e"));
            directory.removeDirectory(name("d"));
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void a_hard_link_is_one_more_name_of_the_held_file() throws IOException {
        Files.writeString(temporary.resolve("a"), "x");
        try (HeldDirectory directory = open();
                HeldEntry file = directory.entry(name("a"))) {
            directory.createHardLink(name("b"), file);
            assertThat(file.stat().links()).isEqualTo(2);
        }
        assertThat(Files.isSameFile(temporary.resolve("a"), temporary.resolve("b")))
                .isTrue();
    }

    @Test
    void mode_and_time_of_a_file_are_set() throws IOException {
        Files.writeString(temporary.resolve("a"), "x");
        try (HeldDirectory directory = open();
                HeldEntry file = directory.entry(name("a"))) {
            file.setMode(04751);
            file.setModified(Instant.parse("1995-02-03T04:05:06.123456Z"));
            assertThat(file.stat().mode()).isEqualTo(04751);
            assertThat(file.stat().modified()).isEqualTo(Instant.parse("1995-02-03T04:05:06.123456Z"));
        }
    }

    @Test
    void names_are_listed_with_every_byte() throws IOException {
        byte[] hostile = {(byte) 0xFF, '\n', '$'};
        try (HeldDirectory directory = open()) {
            directory.createFile(hostile).close();
            directory.createDirectory(name("dir"));
            assertThat(directory.names()).containsExactlyInAnyOrder(hostile, name("dir"));
            directory.sync();
            assertThat(directory.freeSpace().bytes()).isPositive();
        }
        assertThat(Files.isDirectory(temporary.resolve("dir"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
