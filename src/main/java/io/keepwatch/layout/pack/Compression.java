package io.keepwatch.layout.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** Makes one zstd frame with content size and checksum. Any thread. */
@FunctionalInterface
interface Compression {
    EncodedFrame compress(byte[] content, int length);

    static Compression zstd(int level) {
        return (content, length) -> {
            byte[] frame = new byte[Math.toIntExact(Zstd.compressBound(length))];
            try (ZstdCompressCtx context = new ZstdCompressCtx()) {
                context.setLevel(level).setChecksum(true).setContentSize(true).setDictID(false);
                int size = context.compressByteArray(frame, 0, frame.length, content, 0, length);
                return new EncodedFrame(frame, size, length);
            }
        };
    }
}
