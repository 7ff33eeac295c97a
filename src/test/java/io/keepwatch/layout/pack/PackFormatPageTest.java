package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.MemoryContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example on docs/pack-format.md is a real pack. */
class PackFormatPageTest {
    private final String page = read();
    private final byte[] pack = HexFormat.of().parseHex(block("hex", 0).replace("\n", ""));

    @Test
    void the_bytes_are_a_sound_pack_with_the_content() throws IOException {
        assertThat(PackCheck.differences(SamplePack.NAME, new MemoryContent(pack)))
                .isEmpty();
        PackTail tail = PackTail.parse(SamplePack.NAME, pack, pack.length);
        assertThat(SamplePack.content(pack, tail.chunks().get(0).place()))
                .asString()
                .isEqualTo("hello\n");
    }

    @Test
    void the_journal_and_the_table_are_what_the_bytes_hold() throws IOException {
        PackTail tail = PackTail.parse(SamplePack.NAME, pack, pack.length);
        Frame journal = tail.frames().get(1);
        Frame toc = tail.frames().get(3);
        assertThat(decompressed(journal.offset(), journal.bytes())).contains(block("json", 0));
        assertThat(decompressed(toc.offset() + 8, toc.bytes() - 8))
                .isEqualTo(block("json", 1).strip());
        assertThat(SamplePack.lines(tail)).hasSize(2);
    }

    private String decompressed(long from, long bytes) throws IOException {
        InputStream frame = new ByteArrayInputStream(pack, (int) from, (int) bytes);
        try (ZstdStream in = ZstdStream.open(frame, 10_000, "example")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String block(String language, int number) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .skip(number)
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("docs/pack-format.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
