package io.keepwatch.backup.restore;

import io.keepwatch.file.Content;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** Copies a stored content into a new file and throws {@link BrokenContentException} unless it is the expected one. */
record VerifiedCopy(Content content, long sizeBytes, Sha256 hash) {

    void writeTo(FileChannel file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        SparseFile out = new SparseFile(file);
        byte[] block = new byte[SparseFile.BLOCK];
        long read = 0;
        try (InputStream in = open()) {
            for (int length = fill(in, block); length > 0; length = fill(in, block)) {
                read += length;
                if (read > sizeBytes) {
                    throw new BrokenContentException("the store gives more than the " + sizeBytes + " bytes expected");
                }
                digest.update(block, 0, length);
                out.write(block, length);
            }
        }
        out.finish();
        Sha256 found = Sha256.of(digest.digest());
        if (read != sizeBytes || !found.equals(hash)) {
            throw new BrokenContentException("the store gave " + read + " bytes with sha256 " + found + ", but "
                    + sizeBytes + " bytes with sha256 " + hash + " were stored");
        }
    }

    private InputStream open() throws BrokenContentException {
        try {
            return content.open(0);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static int fill(InputStream in, byte[] block) throws BrokenContentException {
        try {
            return in.readNBytes(block, 0, block.length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static BrokenContentException unreadable(IOException e) {
        return new BrokenContentException("reading from the store ended early: " + e.getMessage(), e);
    }
}
