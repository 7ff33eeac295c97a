package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaTextTest {
    private static FileMeta meta(FileType type, int mode, Optional<String> owner) {
        FileStat stat = new FileStat(type, 0, Instant.EPOCH, Instant.EPOCH, 1, 2, 1, mode, 1000, 50, 0);
        return new FileMeta(stat, owner, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "REGULAR, 0644, -rw-r--r--",
        "DIRECTORY, 01777, drwxrwxrwt",
        "DIRECTORY, 01776, drwxrwxrwT",
        "REGULAR, 04755, -rwsr-xr-x",
        "REGULAR, 02644, -rw-r-Sr--",
        "SYMLINK, 0777, lrwxrwxrwx",
        "FIFO, 0, p---------",
        "BLOCK_DEVICE, 0660, brw-rw----",
        "CHARACTER_DEVICE, 0666, crw-rw-rw-",
        "SOCKET, 0700, srwx------"
    })
    void the_mode_is_that_of_ls(FileType type, String octal, String expected) {
        assertThat(MetaText.mode(meta(type, Integer.parseInt(octal, 8), Optional.empty())))
                .isEqualTo(expected);
    }

    @Test
    void an_owner_without_a_name_is_a_number() {
        assertThat(MetaText.owner(meta(FileType.REGULAR, 0, Optional.of("www"))))
                .isEqualTo("www:50");
        assertThat(MetaText.owner(meta(FileType.REGULAR, 0, Optional.empty()))).isEqualTo("1000:50");
    }
}
