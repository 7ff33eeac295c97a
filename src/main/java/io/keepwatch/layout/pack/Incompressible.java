package io.keepwatch.layout.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Tells whether it is worth while to compress a content, at the price of compressing two samples of it. */
final class Incompressible {
    private static final int SAMPLE = 64 << 10;
    private static final double WORTH = 0.97;

    /** Formats that are compressed from end to end but may begin with a table that is not. */
    private static final List<Magic> MAGICS = List.of(
            Magic.hex(0, "1f8b08"), // gzip
            Magic.hex(0, "28b52ffd"), // zstd
            Magic.hex(0, "fd377a585a00"), // xz
            Magic.hex(0, "04224d18"), // lz4
            Magic.hex(0, "377abcaf271c"), // 7z
            Magic.hex(0, "ffd8ff"), // JPEG
            Magic.hex(0, "89504e470d0a1a0a"), // PNG
            Magic.hex(0, "1a45dfa3"), // Matroska
            Magic.text(0, "BZh"),
            Magic.text(0, "Rar!"),
            Magic.text(0, "OggS"),
            Magic.text(0, "fLaC"),
            Magic.text(4, "ftyp"), // MP4, HEIC
            Magic.text(8, "WEBP"));

    private Incompressible() {}

    static boolean is(byte[] content) {
        return MAGICS.stream().anyMatch(magic -> magic.begins(content))
                || (sampleStays(content, 0) && sampleStays(content, content.length / 2));
    }

    private static boolean sampleStays(byte[] content, int from) {
        int length = Math.min(SAMPLE, content.length - from);
        byte[] target = new byte[Math.toIntExact(Zstd.compressBound(length))];
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            int size = context.setLevel(1).compressByteArray(target, 0, target.length, content, from, length);
            return size > length * WORTH;
        }
    }

    private static final class Magic {
        private final int offset;
        private final byte[] bytes;

        private Magic(int offset, byte[] bytes) {
            this.offset = offset;
            this.bytes = bytes;
        }

        static Magic hex(int offset, String hex) {
            return new Magic(offset, HexFormat.of().parseHex(hex));
        }

        static Magic text(int offset, String text) {
            return new Magic(offset, text.getBytes(StandardCharsets.US_ASCII));
        }

        boolean begins(byte[] content) {
            int end = offset + bytes.length;
            return content.length >= end && Arrays.equals(content, offset, end, bytes, 0, bytes.length);
        }
    }
}
