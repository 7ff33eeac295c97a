package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A GNU tar header. Names are raw bytes; one over 100 bytes comes in an {@code L} entry before it, a number that octal
 * digits cannot hold is base-256.
 */
final class TarHeader {
    static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final byte[] MAGIC = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
    private static final Bytes LONG_NAME = Bytes.of("././@LongLink".getBytes(StandardCharsets.US_ASCII));

    private TarHeader() {}

    /** All blocks that stand before the content of a regular file. */
    static byte[] of(Bytes name, long sizeBytes, int mode, int uid, int gid, long modifiedSeconds) {
        byte[] raw = name.toArray();
        byte[] header = block(raw, '0', sizeBytes, mode, uid, gid, modifiedSeconds);
        if (raw.length <= NAME_BYTES) {
            return header;
        }
        byte[] announcement = block(LONG_NAME.toArray(), 'L', raw.length + 1L, 0644, 0, 0, 0);
        int nameBlocks = BLOCK + padding(raw.length + 1L) + raw.length + 1;
        byte[] all = Arrays.copyOf(announcement, nameBlocks + BLOCK);
        System.arraycopy(raw, 0, all, BLOCK, raw.length);
        System.arraycopy(header, 0, all, nameBlocks, BLOCK);
        return all;
    }

    /** How many zero bytes follow a content of this size. */
    static int padding(long sizeBytes) {
        return (int) ((BLOCK - sizeBytes % BLOCK) % BLOCK);
    }

    private static byte[] block(byte[] name, char type, long size, int mode, int uid, int gid, long modified) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(name, 0, block, 0, Math.min(name.length, NAME_BYTES));
        number(block, 100, 8, mode);
        number(block, 108, 8, Integer.toUnsignedLong(uid));
        number(block, 116, 8, Integer.toUnsignedLong(gid));
        number(block, 124, 12, size);
        number(block, 136, 12, modified);
        block[156] = (byte) type;
        System.arraycopy(MAGIC, 0, block, 257, MAGIC.length);
        byte[] sum = String.format(Locale.ROOT, "%06o\0 ", checksum(block)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, block, 148, sum.length);
        return block;
    }

    private static void number(byte[] block, int at, int width, long value) {
        if (value >= 0 && Long.toOctalString(value).length() < width) {
            String digits = Long.toOctalString(value);
            Arrays.fill(block, at, at + width - 1, (byte) '0');
            byte[] ascii = digits.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(ascii, 0, block, at + width - 1 - ascii.length, ascii.length);
            return;
        }
        byte[] binary = BigInteger.valueOf(value).toByteArray();
        Arrays.fill(block, at, at + width, (byte) (value < 0 ? 0xFF : 0));
        System.arraycopy(binary, 0, block, at + width - binary.length, binary.length);
        block[at] |= (byte) 0x80;
    }

    /** The sum of all bytes, those of the checksum itself taken as spaces. */
    static int checksum(byte[] block) {
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            sum += i < 148 || i >= 156 ? block[i] & 0xFF : 0;
        }
        return sum;
    }
}
