package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.ContentReference.InThisPack;
import io.keepwatch.layout.pack.ContentReference.None;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;

/** Builds a pack in memory, and keeps what went in to compare with what comes out. */
final class SamplePack {
    static final PackName NAME = new PackName(0, "20261125T101530Z-1f2e3d4c", 17);
    static final Instant AT = Instant.parse("2026-11-25T10:15:30.123456789Z");
    static final PackHeader HEADER = new PackHeader(NAME, "web-1", AT);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final PackWriter writer;
    final List<JournalLine> lines = new ArrayList<>();
    final List<byte[]> contents = new ArrayList<>();

    SamplePack() {
        this(PackOptions.DEFAULT);
    }

    SamplePack(PackOptions options) {
        this.writer = new PackWriter(out, HEADER, options, ForkJoinPool.commonPool());
    }

    /** Adds a file with its line; its number. */
    int put(RawPath path, byte[] content) throws IOException {
        FileVersion version = file(path, content);
        if (content.length == 0) {
            lines.add(JournalLine.of(JournalOp.PUT, version, new None()));
            return -1;
        }
        int member = writer.add(PackMember.file(version, new MemoryContent(content)));
        lines.add(JournalLine.of(JournalOp.PUT, version, new InThisPack(member)));
        if (member == contents.size()) {
            contents.add(content);
        }
        return member;
    }

    int put(String path, byte[] content) throws IOException {
        return put(RawPath.of(path), content);
    }

    Written finish() throws IOException {
        PackSummary summary = writer.finish(lines);
        return new Written(out.toByteArray(), summary);
    }

    static final class Written {
        private final byte[] bytes;
        private final PackSummary summary;

        Written(byte[] bytes, PackSummary summary) {
            this.bytes = bytes;
            this.summary = summary;
        }

        byte[] bytes() {
            return bytes;
        }

        PackSummary summary() {
            return summary;
        }

        byte[] content(int member) throws IOException {
            return SamplePack.content(bytes, summary.chunks().get(member).place());
        }

        PackTail tail() throws IOException {
            return PackTail.parse(NAME, bytes, bytes.length);
        }
    }

    static byte[] content(byte[] pack, ChunkPlace place) throws IOException {
        ByteArrayInputStream range =
                new ByteArrayInputStream(pack, (int) place.frameOffset(), (int) place.frameBytes());
        try (InputStream in = FrameStream.open(range, place)) {
            return in.readAllBytes();
        }
    }

    static List<JournalLine> lines(PackTail tail) throws IOException {
        List<JournalLine> lines = new ArrayList<>();
        try (JournalReader journal = tail.journal()) {
            for (Optional<JournalLine> line = journal.next(); line.isPresent(); line = journal.next()) {
                lines.add(line.get());
            }
        }
        return lines;
    }

    static FileVersion file(RawPath path, byte[] content) {
        return new FileVersion(
                "docs",
                path,
                AT,
                Optional.of(meta(FileType.REGULAR, content.length)),
                Optional.of(Sha256.hash(content)),
                false);
    }

    static FileMeta meta(FileType type, long sizeBytes) {
        FileStat stat = new FileStat(
                type,
                sizeBytes,
                Instant.parse("2020-02-29T01:02:03.987654321Z"),
                Instant.parse("2021-02-28T01:02:03.000000001Z"),
                2049,
                4711,
                1,
                0640,
                1000,
                100,
                0);
        return new FileMeta(
                stat, Optional.of("anna"), Optional.of("users"), Optional.<Bytes>empty(), List.of(), Optional.empty());
    }

    /** Compressible and different for each seed. */
    static byte[] text(int seed, int length) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("word").append(random.nextInt(500)).append(random.nextInt(9) == 0 ? '\n' : ' ');
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
    }

    static byte[] noise(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
