package io.keepwatch.layout.pack;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns bytes into a frame that is known to decompress to them: versions of zstd have written frames that did not. Such a
 * frame, and one that is no smaller than its content, is replaced by one of raw blocks. Any thread.
 */
final class FrameEncoder {
    private static final Logger LOG = LoggerFactory.getLogger(FrameEncoder.class);

    private final Compression compression;

    FrameEncoder(Compression compression) {
        this.compression = compression;
    }

    EncodedFrame encode(byte[] content, int length) {
        EncodedFrame frame = compression.compress(content, length);
        if (frame.length < length) {
            if (restores(frame, content, length)) {
                return frame;
            }
            LOG.warn(
                    "zstd made a frame of {} bytes that does not decompress to its content; stored without compression",
                    length);
        }
        return encodeRaw(content, length);
    }

    EncodedFrame encodeRaw(byte[] content, int length) {
        EncodedFrame frame = RawFrame.of(content, length);
        if (!restores(frame, content, length)) {
            throw new IllegalStateException("a frame of " + length
                    + " raw bytes does not decompress to its content: the memory of this machine may be faulty");
        }
        return frame;
    }

    private static boolean restores(EncodedFrame frame, byte[] content, int length) {
        byte[] back = new byte[length];
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            int size = context.decompressByteArray(back, 0, length, frame.bytes, 0, frame.length);
            return size == length && Arrays.equals(back, 0, length, content, 0, length);
        } catch (ZstdException e) {
            return false;
        }
    }
}
