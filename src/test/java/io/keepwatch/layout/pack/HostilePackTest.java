package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs that somebody made to harm: everything is refused with a sentence, at little cost. */
class HostilePackTest {
    private static final String HEADER_LINE = "{\"format\":1,\"pack\":\"" + SamplePack.NAME.text()
            + "\",\"host\":\"h\",\"at\":\"2026-01-01T00:00:00Z\"}\n";
    private static final String FILE =
            "{\"op\":\"put\",\"observed\":\"2026-01-01T00:00:00Z\",\"root\":\"r\",\"path\":\"p\","
                    + "\"mtime\":\"0\",\"mode\":\"644\"";

    @Test
    void the_forger_of_these_tests_makes_sound_packs_too() throws IOException {
        PackTail tail = parse(forge(HEADER_LINE + FILE + "}\n", toc(1, "")));
        assertThat(SamplePack.lines(tail)).hasSize(1);
    }

    @Test
    void a_window_larger_than_any_pack_has_is_refused() {
        byte[] frame = HexFormat.of().parseHex("28b52ffd00" + "98" + "010000");
        ChunkPlace place = new ChunkPlace(SamplePack.NAME, 0, frame.length, 0, 0);
        assertThatThrownBy(() -> SamplePack.content(frame, place))
                .isInstanceOf(PackFormatException.class)
                .hasMessageContaining("too much memory");
    }

    @Test
    void a_frame_that_says_it_holds_a_gigabyte_costs_none() {
        byte[] frame = HexFormat.of().parseHex("28b52ffda4" + "00000040" + "010000");
        ChunkPlace place = new ChunkPlace(SamplePack.NAME, 0, frame.length, 0, 1 << 30);
        assertThatThrownBy(() -> SamplePack.content(frame, place)).isInstanceOf(PackFormatException.class);
    }

    @Test
    void frames_that_go_on_after_the_content_are_read_to_a_limit() {
        byte[] bomb = repeated(Zstd.compress(new byte[8 << 20]), 40);
        ChunkPlace place = new ChunkPlace(SamplePack.NAME, 0, bomb.length, 0, 10);
        assertThatThrownBy(() -> SamplePack.content(bomb, place))
                .isInstanceOf(PackFormatException.class)
                .hasMessageContaining("decompresses to more than");
    }

    @Test
    void an_offset_or_a_size_that_no_frame_has_is_refused() {
        InputStream none = InputStream.nullInputStream();
        for (ChunkPlace place : List.of(
                new ChunkPlace(SamplePack.NAME, 0, 10, -1, 10),
                new ChunkPlace(SamplePack.NAME, 0, 10, 0, -1),
                new ChunkPlace(SamplePack.NAME, 0, 10, Long.MAX_VALUE, 10))) {
            assertThatThrownBy(() -> FrameStream.open(none, place)).isInstanceOf(PackFormatException.class);
        }
    }

    @Test
    void a_seek_table_cannot_promise_more_frames_than_bytes() {
        byte[] footer = HexFormat.of().parseHex("ffff0f00" + "80" + "b1ea928f");
        assertThatThrownBy(() -> PackTail.bytesNeeded(SamplePack.NAME, footer, 1_000))
                .hasMessageContaining("more than fit into 1000 bytes");
        byte[] huge = HexFormat.of().parseHex("ffffffff" + "80" + "b1ea928f");
        assertThatThrownBy(() -> PackTail.bytesNeeded(SamplePack.NAME, huge, Long.MAX_VALUE))
                .hasMessageContaining("more than any pack has");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"size\":-1",
                ",\"size\":99999999999999999999999999999",
                ",\"size\":1e9",
                ",\"mode\":\"644\"",
                ",\"ctime\":\"1e999999999\"",
                ",\"ctime\":\"999999999999999999\"",
                ",\"ctime\":5",
                ",\"uid\":4294967296",
                ",\"links\":2147483648",
                ",\"type\":\"door\"",
                ",\"from\":\"q\"",
                ",\"leader\":\"../etc/passwd\"",
                ",\"leader\":\"/etc/passwd\"",
                ",\"leader\":\"half \\ud800\"",
                ",\"leader64\":\"*\"",
                ",\"sha256\":\"00\"",
                ",\"xattrs\":[[\"a\"]]",
                ",\"xattrs\":[[\"a\",\"AA==\",\"b\"]]",
                ",\"xattrs\":{}",
                ",\"frame\":0",
                ",\"size\":5,\"sha256\":\"" + ZEROS + "\",\"frame\":0,\"offset\":512",
                ",\"in\":\"nowhere\",\"range\":[1,2]",
                ",\"in\":\"0/e/0000000001\"",
                ",\"in\":\"0/e/0000000001\",\"range\":[9223372036854775807,1]",
                ",\"segments\":[[\"" + ZEROS + "\",99999999]]",
                ",\"segments\":[[\"" + ZEROS + "\",1]]",
                ",\"x\":[[[[[[[[[[1]]]]]]]]]]",
                ",\"x\":\"\u0001\"",
                ",\"inconsistent\":1"
            })
    void a_line_with_a_value_that_cannot_be_is_refused_by_number_or_byte(String field) throws IOException {
        PackTail tail = parse(forge(HEADER_LINE + FILE + field + "}\n", toc(1, "")));
        assertThatThrownBy(() -> SamplePack.lines(tail))
                .isInstanceOf(PackFormatException.class)
                .hasMessageContaining(SamplePack.NAME.text());
    }

    static final String ZEROS = "0000000000000000000000000000000000000000000000000000000000000000";

    @Test
    void what_a_later_version_may_add_is_passed_over() throws IOException {
        PackTail tail = parse(forge(HEADER_LINE + FILE + ",\"new\":{\"a\":[1,{\"b\":2}]}}\n", toc(1, "")));
        assertThat(SamplePack.lines(tail)).hasSize(1);
    }

    @Test
    void a_string_or_a_line_without_end_is_refused() throws IOException {
        PackTail longText =
                parse(forge(HEADER_LINE + FILE + ",\"owner\":\"" + "x".repeat(300_000) + "\"}\n", toc(1, "")));
        assertThatThrownBy(() -> SamplePack.lines(longText)).isInstanceOf(PackFormatException.class);
        String part = ",[\"a\",\"" + "A".repeat(200_000) + "\"]";
        String line = HEADER_LINE + FILE + ",\"xattrs\":[[\"a\",\"\"]" + part.repeat(400) + "]}\n";
        PackTail longLine = parse(forge(line, toc(1, "", frames(line).size() - 1)));
        assertThatThrownBy(() -> SamplePack.lines(longLine))
                .isInstanceOf(PackFormatException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void a_journal_must_have_the_lines_it_is_said_to_have() throws IOException {
        PackTail tail = parse(forge(HEADER_LINE + FILE + "}\n", toc(2, "")));
        assertThatThrownBy(() -> SamplePack.lines(tail)).hasMessageContaining("has 1 lines");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"frame\":0,\"size\":10,\"line\":1}",
                "{\"frame\":9,\"size\":10,\"line\":1}",
                "{\"frame\":-1,\"size\":10,\"line\":1}",
                "{\"size\":10,\"line\":1}",
                "{\"frame\":0,\"offset\":99999999,\"size\":10,\"line\":1}",
                "{\"frame\":0,\"offset\":2147483647,\"size\":2147483647,\"line\":1}",
                "{\"frame\":0,\"size\":10}",
                "7"
            })
    void a_table_of_contents_that_points_nowhere_is_refused(String member) {
        assertThatThrownBy(() -> parse(forge(HEADER_LINE + FILE + "}\n", toc(1, member))))
                .isInstanceOf(PackFormatException.class)
                .hasMessageContaining("table of contents of pack " + SamplePack.NAME.text());
    }

    @Test
    void a_table_of_contents_that_unpacks_without_end_is_refused() {
        byte[] bomb = repeated(Zstd.compress(" ".repeat(8 << 20).getBytes(StandardCharsets.US_ASCII)), 40);
        assertThatThrownBy(() -> parse(assemble(frames(HEADER_LINE), bomb)))
                .isInstanceOf(PackFormatException.class)
                .hasMessageContaining("decompresses to more than");
    }

    private static String toc(int lines, String members) {
        return toc(lines, members, 1);
    }

    private static String toc(int lines, String members, int frames) {
        return "{\"version\":1,\"journal\":{\"member\":\"" + MemberName.journal(SamplePack.NAME) + "\",\"frames\":[0,"
                + frames + "],\"lines\":" + lines + "},\"members\":[" + members + "]}";
    }

    private static PackTail parse(byte[] pack) throws IOException {
        return PackTail.parse(SamplePack.NAME, pack, pack.length);
    }

    private static byte[] forge(String journal, String toc) {
        byte[] json = toc.getBytes(StandardCharsets.UTF_8);
        EncodedFrame frame = Compression.zstd(3).compress(json, json.length);
        return assemble(frames(journal), Arrays.copyOf(frame.bytes, frame.length));
    }

    private static List<EncodedFrame> frames(String journal) {
        byte[] text = journal.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(TarHeader.of(MemberName.journal(SamplePack.NAME), text.length, 0600, 0, 0, 0));
        archive.writeBytes(text);
        archive.writeBytes(new byte[TarHeader.padding(text.length)]);
        byte[] bytes = archive.toByteArray();
        List<EncodedFrame> frames = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += 4 << 20) {
            frames.add(compress(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + (4 << 20)))));
        }
        frames.add(compress(new byte[1_024]));
        return frames;
    }

    private static EncodedFrame compress(byte[] content) {
        return Compression.zstd(3).compress(content, content.length);
    }

    private static byte[] assemble(List<EncodedFrame> frames, byte[] toc) {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        List<Frame> entries = new ArrayList<>();
        for (EncodedFrame frame : frames) {
            entries.add(new Frame(pack.size(), frame.length, frame.contentBytes, frame.checksum()));
            pack.write(frame.bytes, 0, frame.length);
        }
        byte[] skippable = Skippable.of(new EncodedFrame(toc, toc.length, 0));
        entries.add(new Frame(pack.size(), skippable.length, 0, (int) Xxh64.of(new byte[0], 0)));
        pack.writeBytes(skippable);
        pack.writeBytes(SeekTable.of(entries));
        return pack.toByteArray();
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
