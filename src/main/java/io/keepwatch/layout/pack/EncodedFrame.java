package io.keepwatch.layout.pack;

/** A frame that is ready to be written: the first {@code length} bytes of {@code bytes}. */
final class EncodedFrame {
    final byte[] bytes;
    final int length;
    final int contentBytes;

    EncodedFrame(byte[] bytes, int length, int contentBytes) {
        this.bytes = bytes;
        this.length = length;
        this.contentBytes = contentBytes;
    }

    /** Every frame ends with the checksum of its content. */
    int checksum() {
        return LittleEndian.get(bytes, length - 4);
    }
}
