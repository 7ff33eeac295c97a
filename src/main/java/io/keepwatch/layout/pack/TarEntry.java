package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What one tar header block says. */
record TarEntry(Bytes name, char type, long sizeBytes) {
    static TarEntry parse(byte[] block, String what) throws PackFormatException {
        if (number(block, 148, 8, what) != TarHeader.checksum(block)) {
            throw new PackFormatException(what + " has a tar header whose checksum is wrong");
        }
        int end = 0;
        while (end < 100 && block[end] != 0) {
            end++;
        }
        long size = number(block, 124, 12, what);
        return new TarEntry(Bytes.of(Arrays.copyOf(block, end)), (char) (block[156] & 0xFF), size);
    }

    boolean isFile() {
        return type == '0';
    }

    boolean isLongName() {
        return type == 'L';
    }

    private static long number(byte[] block, int at, int width, String what) throws PackFormatException {
        if (block[at] == (byte) 0x80) {
            BigInteger value = new BigInteger(1, Arrays.copyOfRange(block, at + 1, at + width));
            if (value.bitLength() < Long.SIZE) {
                return value.longValue();
            }
        } else {
            String digits = new String(block, at, width, StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
            if (digits.matches("[0-7]{1,12}")) {
                return Long.parseLong(digits, 8);
            }
        }
        throw new PackFormatException(what + " has a tar header with a number that is none");
    }
}
