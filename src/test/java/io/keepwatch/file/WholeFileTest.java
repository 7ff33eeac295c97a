package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void the_new_text_replaces_the_old_one_and_leaves_nothing_beside() throws IOException {
        WholeFile file = new WholeFile(folder.resolve("a.json"));
        file.write("a longer text before");
        file.write("naïve");
        assertThat(folder.resolve("a.json")).hasContent("naïve");
        assertThat(folder.toFile().list()).containsExactly("a.json");
    }

    @Test
    void what_a_crash_left_beside_is_no_hindrance() throws IOException {
        Files.writeString(folder.resolve("a.json.new"), "half of a longer te");
        new WholeFile(folder.resolve("a.json")).write("whole");
        assertThat(folder.toFile().list()).containsExactly("a.json");
        assertThat(folder.resolve("a.json")).hasContent("whole");
    }

    @Test
    void a_mode_is_set_before_anybody_sees_the_file() throws IOException {
        Path file = folder.resolve("a.json");
        new WholeFile(file, PosixFilePermissions.fromString("rw-r--r--")).write("{}");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void where_no_new_file_can_be_written_the_old_one_stays() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        Files.createDirectory(folder.resolve("a.json.new"));
        assertThatThrownBy(() -> new WholeFile(file).write("new")).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
    }
}
