package io.keepwatch.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlTextTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems(Path.of("f.yml"));

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("f.yml"), bytes);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_text() throws IOException {
        assertThat(YamlText.read(file("\uFEFFa: é\n".getBytes(StandardCharsets.UTF_8)), problems))
                .hasValue("a: é\n");
    }

    @Test
    void bytes_that_are_not_utf_8_have_a_place() throws IOException {
        assertThat(YamlText.read(file("a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1)), problems))
                .isEmpty();
        assertThat(problems.sorted())
                .first()
                .hasToString("f.yml:2:4 the bytes here are not UTF-8; save the file as UTF-8");
    }

    @Test
    void a_sequence_cut_off_at_the_end_is_not_utf_8() throws IOException {
        assertThat(YamlText.read(file(new byte[] {'a', (byte) 0xC3}), problems)).isEmpty();
    }

    @Test
    void a_megabyte_is_enough() throws IOException {
        assertThat(YamlText.read(file(new byte[1 << 20]), problems)).isPresent();
        assertThat(YamlText.read(file(new byte[(1 << 20) + 1]), problems)).isEmpty();
        assertThat(problems.sorted()).first().asString().startsWith("f.yml the file is larger than 1 MiB");
    }
}
