package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.Content;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.ComposeObject.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces are written as c5 for a content of 5 MiB, and a0-8 for the range of object a from 0 to 8 MiB. */
class PieceCutterTest {
    private static final long MIB = 1 << 20;

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(" ")) {
            String[] numbers = word.substring(1).split("-", -1);
            pieces.add(
                    word.startsWith("c")
                            ? new Piece.Bytes(sized(Long.parseLong(numbers[0]) * MIB))
                            : range(word.substring(0, 1), Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
        }
        return pieces;
    }

    private static Piece.Range range(String key, long fromMib, long toMib) {
        return new Piece.Range(key, "\"e\"", fromMib * MIB, (toMib - fromMib) * MIB);
    }

    private static Content sized(long bytes) {
        return new Content() {
            @Override
            public long lengthBytes() {
                return bytes;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                throw new IOException("it is not read");
            }
        };
    }

    private static String text(List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> piece instanceof Piece.Range range
                        ? range.key() + range.offset() / MIB + "-" + (range.offset() + range.lengthBytes()) / MIB
                        : "c" + piece.lengthBytes() / MIB)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "c1, c1, ''",
        "a0-64, a0-64, ''",
        "a0-5, c5, a0-5",
        "a0-6, a0-6, ''",
        "a0-3 a3-6, a0-6, ''",
        "a0-3 b3-6, c3 c3, a0-3 b3-6",
        "c1 a0-64, c1 c4 a4-64, a0-4",
        "c1 a0-9, c1 c9, a0-9",
        "c5 a0-6, c5 a0-6, ''",
        "a0-8 c1, a0-8 c1, ''",
        "a0-8 b0-1, a0-8 c1, b0-1",
        "a0-8 b0-1 a9-64, a0-8 c1 c4 a13-64, b0-1 a9-13",
        "c1 a0-2 c2 b0-7, c1 c2 c2 b0-7, a0-2",
        "a0-8 c0 b0-8, a0-8 b0-8, ''",
    })
    void what_is_too_small_for_a_part_is_sent(String given, String cut, String read) {
        List<Piece> asked = new ArrayList<>();
        List<Piece> result = PieceCutter.cut(pieces(given), range -> {
            asked.add(range);
            return sized(range.lengthBytes());
        });
        assertThat(text(result)).isEqualTo(cut);
        assertThat(text(asked)).isEqualTo(read);
    }

    @Test
    void whatever_is_cut_composes_to_the_same_bytes() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Piece> given = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                long from = random.nextInt(20) * MIB / 2;
                long bytes = 1L + random.nextInt((int) (9 * MIB));
                given.add(
                        random.nextInt(3) == 0
                                ? new Piece.Bytes(sized(bytes))
                                : new Piece.Range("ab".substring(i % 2, i % 2 + 1), "\"e\"", from, bytes));
            }
            ComposeObject composed =
                    new ComposeObject(put("a"), PieceCutter.cut(given, range -> sized(range.lengthBytes())));
            long wanted = given.stream().mapToLong(Piece::lengthBytes).sum();
            assertThat(composed.lengthBytes()).isEqualTo(wanted);
            List<UploadPart> parts = UploadPart.of(composed, 16 * MIB);
            assertThat(parts.stream().mapToLong(PieceCutterTest::bytes).sum()).isEqualTo(wanted);
            assertThat(parts.subList(0, parts.size() - 1)).allMatch(part -> bytes(part) >= 5 * MIB);
        }
    }

    private static long bytes(UploadPart part) {
        return part instanceof UploadPart.Copy copy
                ? copy.source().lengthBytes()
                : ((UploadPart.Body) part).lengthBytes();
    }

    @Test
    void a_range_over_5_gib_is_copied_in_equal_parts() {
        ComposeObject large =
                new ComposeObject(put("a"), List.of(range("a", 0, 15 << 10), range("b", 0, (5 << 10) + 1)));
        assertThat(UploadPart.of(large, 16 * MIB))
                .hasSize(5)
                .allMatch(part -> bytes(part) <= 5L << 30)
                .last()
                .isEqualTo(new UploadPart.Copy(
                        new Piece.Range("b", "\"e\"", (5121 * MIB) / 2, 5121 * MIB - (5121 * MIB) / 2)));
    }

    @Test
    void more_parts_than_s3_takes_are_refused() {
        List<Piece> many = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            many.add(range("a", 0, 6));
        }
        assertThatThrownBy(() -> UploadPart.of(new ComposeObject(put("a"), many), 16 * MIB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10001");
    }

    @ParameterizedTest
    @CsvSource({
        "a0-5, a range has 5242880",
        "c1 a0-8, the contents before a range have 1048576",
        "a0-8 c4 a8-16, 4194304"
    })
    void pieces_that_are_not_cut_are_refused(String given, String why) {
        assertThatThrownBy(() -> new ComposeObject(put("key"), pieces(given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"key\"")
                .hasMessageContaining(why)
                .hasMessageContaining("PieceCutter");
    }

    @Test
    void joined_contents_are_read_from_any_place() throws IOException {
        Content joined = new JoinedContent(List.of(
                new MemoryContent("ab".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                new MemoryContent(new byte[0]),
                new MemoryContent("cde".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        assertThat(joined.lengthBytes()).isEqualTo(5);
        for (int from = 0; from <= 5; from++) {
            try (InputStream in = joined.open(from)) {
                assertThat(in.readAllBytes()).asString().isEqualTo("abcde".substring(from));
            }
        }
    }
}
