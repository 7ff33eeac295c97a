package io.keepwatch.layout.pack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as Zstandard writes them. */
final class LittleEndian {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static void put(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static int get(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long unsigned(byte[] bytes, int at) {
        return Integer.toUnsignedLong(get(bytes, at));
    }
}
