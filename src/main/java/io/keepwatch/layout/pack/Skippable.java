package io.keepwatch.layout.pack;

/** The skippable frame that holds the table of contents; zstd and tar pass over it. */
final class Skippable {
    static final int HEADER_BYTES = 8;
    private static final int MAGIC = 0x184D2A57;

    private Skippable() {}

    static byte[] of(EncodedFrame content) {
        byte[] frame = new byte[HEADER_BYTES + content.length];
        LittleEndian.put(frame, 0, MAGIC);
        LittleEndian.put(frame, 4, content.length);
        System.arraycopy(content.bytes, 0, frame, HEADER_BYTES, content.length);
        return frame;
    }

    static void check(byte[] tail, int at, long bytes) throws PackFormatException {
        if (bytes < HEADER_BYTES
                || LittleEndian.get(tail, at) != MAGIC
                || LittleEndian.unsigned(tail, at + 4) != bytes - HEADER_BYTES) {
            throw new PackFormatException("the last frame before its seek table is no table of contents");
        }
    }
}
