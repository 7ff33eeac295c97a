package io.keepwatch.layout.pack;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts what passes, and computes the MD5 that most stores answer with. For one thread. */
final class MeteredOutput extends FilterOutputStream {
    private final MessageDigest digest;
    private long bytes;

    MeteredOutput(OutputStream out) {
        super(out);
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks MD5", e);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** In hex, of all bytes; ends the counting. */
    String md5() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
