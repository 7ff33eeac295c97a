package io.keepwatch.layout.pack;

/** A zstd frame of raw blocks (RFC 8878), for bytes that do not get smaller. */
final class RawFrame {
    private static final int MAX_BLOCK = 128 << 10;
    private static final int MAGIC = 0xFD2FB528;
    /** Content size in 4 bytes, single segment, with checksum. */
    private static final byte DESCRIPTOR = (byte) 0xA4;

    private RawFrame() {}

    static EncodedFrame of(byte[] content, int length) {
        int blocks = Math.max(1, (length + MAX_BLOCK - 1) / MAX_BLOCK);
        byte[] frame = new byte[9 + 3 * blocks + length + 4];
        LittleEndian.put(frame, 0, MAGIC);
        frame[4] = DESCRIPTOR;
        LittleEndian.put(frame, 5, length);
        int at = 9;
        for (int block = 0; block < blocks; block++) {
            int from = block * MAX_BLOCK;
            int size = Math.min(MAX_BLOCK, length - from);
            int header = size << 3 | (block == blocks - 1 ? 1 : 0);
            frame[at] = (byte) header;
            frame[at + 1] = (byte) (header >> 8);
            frame[at + 2] = (byte) (header >> 16);
            System.arraycopy(content, from, frame, at + 3, size);
            at += 3 + size;
        }
        LittleEndian.put(frame, at, (int) Xxh64.of(content, length));
        return new EncodedFrame(frame, frame.length, length);
    }
}
