package io.keepwatch.history;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Whole numbers in as few bytes as they need: seven bits a byte, small negative ones as short as positive ones. */
final class VarInts {
    private VarInts() {}

    static void write(ByteArrayOutputStream out, long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** Throws BufferUnderflowException where the bytes end too early. */
    static long read(ByteBuffer in) {
        long rest = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            rest |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0 && shift < 70);
        return (rest >>> 1) ^ -(rest & 1);
    }
}
