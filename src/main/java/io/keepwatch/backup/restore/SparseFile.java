package io.keepwatch.backup.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes a new file block by block; blocks of zeros become holes, which take no room on the disk. */
final class SparseFile {
    /** Smaller holes save little and cost extents. */
    static final int BLOCK = 64 * 1024;

    private final FileChannel channel;
    private long position;
    private boolean endsInHole;

    SparseFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Each block but the last has {@link #BLOCK} bytes. */
    void write(byte[] block, int length) throws IOException {
        endsInHole = length == BLOCK && isZero(block);
        if (!endsInHole) {
            ByteBuffer bytes = ByteBuffer.wrap(block, 0, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
        }
        position += length;
    }

    /** Gives the file its full length when it ends in a hole. */
    void finish() throws IOException {
        if (endsInHole) {
            channel.write(ByteBuffer.wrap(new byte[1]), position - 1);
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
