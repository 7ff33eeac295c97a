package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalTest {
    @TempDir
    private Path descriptors;

    private boolean isTerminal(String target) throws IOException {
        Files.deleteIfExists(descriptors.resolve("2"));
        Files.createSymbolicLink(descriptors.resolve("2"), Path.of(target));
        return new Terminal(descriptors).isErr();
    }

    @Test
    void the_target_of_the_descriptor_decides() throws IOException {
        assertThat(isTerminal("/dev/pts/3")).isTrue();
        assertThat(isTerminal("/dev/tty1")).isTrue();
        assertThat(isTerminal("/dev/null")).isFalse();
        assertThat(isTerminal("/var/log/keepwatch.log")).isFalse();
        assertThat(isTerminal("pipe:[4711]")).isFalse();
    }

    @Test
    void each_output_is_asked_by_itself() throws IOException {
        Files.createSymbolicLink(descriptors.resolve("1"), Path.of("/dev/pts/3"));
        Files.createSymbolicLink(descriptors.resolve("2"), Path.of("pipe:[4711]"));
        assertThat(new Terminal(descriptors).isOut()).isTrue();
        assertThat(new Terminal(descriptors).isErr()).isFalse();
    }

    @Test
    void where_descriptors_are_not_links_nobody_watches() {
        assertThat(new Terminal(descriptors.resolve("none")).isErr()).isFalse();
    }
}
