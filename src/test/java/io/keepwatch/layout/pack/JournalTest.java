package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.file.Xattr;
import io.keepwatch.layout.pack.ContentReference.Elsewhere;
import io.keepwatch.layout.pack.ContentReference.None;
import io.keepwatch.layout.pack.ContentReference.Segments;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JournalTest {
    @Property(tries = 300)
    void every_line_comes_back_as_it_was(@ForAll("lines") List<JournalLine> lines) throws IOException {
        SamplePack sample = new SamplePack();
        sample.lines.addAll(lines);
        assertThat(SamplePack.lines(sample.finish().tail())).isEqualTo(lines);
    }

    @Property(tries = 1000)
    void times_keep_every_nanosecond(@ForAll("times") Instant time) {
        assertThat(DecimalSeconds.parse(DecimalSeconds.text(time))).isEqualTo(time);
    }

    @Example
    void times_are_plain_decimal_seconds() {
        assertThat(DecimalSeconds.text(Instant.ofEpochSecond(-1, 500_000_000))).isEqualTo("-0.5");
        assertThat(DecimalSeconds.text(Instant.parse("1901-12-13T20:45:52.000000001Z")))
                .isEqualTo("-2147483647.999999999");
        assertThat(DecimalSeconds.text(Instant.parse("2262-04-11T23:47:16.854775807Z")))
                .isEqualTo("9223372036.854775807");
        assertThat(DecimalSeconds.text(Instant.EPOCH)).isEqualTo("0");
        assertThat(DecimalSeconds.text(Instant.ofEpochSecond(1_000))).isEqualTo("1000");
    }

    @Example
    void a_line_that_no_reader_would_take_is_refused_before_it_is_written() {
        SamplePack sample = new SamplePack();
        RawPath endless = RawPath.of("d/".repeat(100_000) + "x");
        sample.lines.add(
                JournalLine.of(JournalOp.DELETE, FileVersion.deleted("root", endless, SamplePack.AT), new None()));
        assertThatThrownBy(sample::finish)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200001 bytes");
    }

    @Example
    void a_line_must_say_where_the_content_is() {
        FileVersion version = SamplePack.file(RawPath.of("a"), new byte[1]);
        assertThatThrownBy(() -> JournalLine.of(JournalOp.META, version, new None()))
                .hasMessageContaining("could not be restored");
        assertThatThrownBy(() -> JournalLine.of(JournalOp.DELETE, version, new None()))
                .hasMessageContaining("delete does not fit");
    }

    @Provide
    Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(-9_000_000_000L, 99_000_000_000L),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<List<JournalLine>> lines() {
        return Arbitraries.oneOf(deletions(), others(), files()).list().ofMaxSize(8);
    }

    private Arbitrary<JournalLine> deletions() {
        return Combinators.combine(roots(), paths(), times())
                .as((root, path, at) ->
                        JournalLine.of(JournalOp.DELETE, FileVersion.deleted(root, path, at), new None()));
    }

    private Arbitrary<JournalLine> others() {
        return Combinators.combine(
                        roots(),
                        paths(),
                        paths(),
                        times(),
                        metas(Arbitraries.of(FileType.class)),
                        Arbitraries.of(JournalOp.META, JournalOp.MOVE, JournalOp.LINK))
                .as((root, path, from, at, meta, op) -> new JournalLine(
                        op,
                        new FileVersion(root, path, at, Optional.of(meta), Optional.empty(), false),
                        op == JournalOp.MOVE ? Optional.of(from) : Optional.empty(),
                        new None()));
    }

    private Arbitrary<JournalLine> files() {
        return Combinators.combine(
                        roots(),
                        paths(),
                        times(),
                        metas(Arbitraries.just(FileType.REGULAR)),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((root, path, at, meta, inconsistent, segmented) -> {
                    FileVersion version = new FileVersion(
                            root, path, at, Optional.of(meta), Optional.of(Sha256.hash(path.bytes())), inconsistent);
                    long size = meta.stat().sizeBytes();
                    return JournalLine.of(
                            JournalOp.PUT,
                            version,
                            segmented
                                    ? new Segments(List.of(
                                            new Segment(Sha256.hash(new byte[0]), size / 2),
                                            new Segment(Sha256.hash(path.bytes()), size - size / 2)))
                                    : new Elsewhere(new ChunkPlace(
                                            new PackName(2, "epoch-1", 12_345_678_901L), size, 77, 512, size)));
                });
    }

    private Arbitrary<FileMeta> metas(Arbitrary<FileType> types) {
        Arbitrary<FileStat> stats = Combinators.combine(
                        types,
                        Arbitraries.longs().between(0, 20_000_000),
                        times(),
                        times(),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 07777),
                        Arbitraries.integers(),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE))
                .as((type, size, modified, changed, number, mode, id, links) -> new FileStat(
                        type, size, modified, changed, number, ~number, links, mode, id, ~id, number >>> 3));
        Arbitrary<List<Xattr>> xattrs = Combinators.combine(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9), bytes(100))
                .as((name, value) -> new Xattr("user." + name, value))
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        stats,
                        Arbitraries.strings()
                                .ofMaxLength(5)
                                .filter(JournalTest::hasUtf8)
                                .optional(),
                        Arbitraries.of("users", "wheel").optional(),
                        bytes(20).optional(),
                        xattrs,
                        paths().optional())
                .as(FileMeta::new);
    }

    private static boolean hasUtf8(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private Arbitrary<Bytes> bytes(int max) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(max).map(Bytes::of);
    }

    private Arbitrary<String> roots() {
        return Arbitraries.of("docs", "home-anna", "Grüße \"1\"", "tab\there");
    }

    private Arbitrary<RawPath> paths() {
        Arbitrary<byte[]> segment = Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/' && b != '.')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(6);
        Arbitrary<RawPath> raw = segment.list()
                .ofMaxSize(4)
                .map(parts -> parts.stream().reduce(RawPath.ROOT, RawPath::child, (a, b) -> b));
        Arbitrary<RawPath> text = Arbitraries.strings()
                .withChars("abc äöü日本\"\\\n\u007f\u0085\u202e")
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .ofMaxSize(300)
                .map(parts -> RawPath.of(parts.stream().collect(Collectors.joining("/"))));
        return Arbitraries.oneOf(raw, text);
    }
}
