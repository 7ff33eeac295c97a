package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of a page of memory, which the kernel hands to each process: 4 KiB on most hosts, 16 or 64 KiB on some. */
public final class PageSize {
    private static final long AT_PAGESZ = 6;
    private static final long USUAL = 4096;

    private PageSize() {}

    /** Falls back to 4 KiB where the kernel does not tell. */
    public static long read(Path proc) {
        try {
            ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(proc.resolve("self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (vector.remaining() >= 16) {
                long type = vector.getLong();
                long value = vector.getLong();
                if (type == AT_PAGESZ) {
                    return value;
                }
            }
            return USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}
