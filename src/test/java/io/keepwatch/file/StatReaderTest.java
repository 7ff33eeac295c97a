package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatReaderTest {
    @TempDir
    Path directory;

    @Test
    void a_regular_file_has_its_size_mode_and_time() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "four");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456Z")));

        FileStat stat = StatReader.lstat(file);

        assertThat(stat.type()).isEqualTo(FileType.REGULAR);
        assertThat(stat.sizeBytes()).isEqualTo(4);
        assertThat(stat.mode()).isEqualTo(0640);
        assertThat(stat.modified()).isEqualTo(Instant.parse("2001-02-03T04:05:06.123456Z"));
        assertThat(stat.links()).isEqualTo(1);
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("l"), Path.of("nowhere"));
        assertThat(StatReader.lstat(link).type()).isEqualTo(FileType.SYMLINK);
    }

    @Test
    void what_is_not_there_is_no_such_file() {
        assertThatThrownBy(() -> StatReader.lstat(directory.resolve("gone"))).isInstanceOf(NoSuchFileException.class);
    }
}
