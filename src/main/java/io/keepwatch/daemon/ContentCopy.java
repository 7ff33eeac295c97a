package io.keepwatch.daemon;

import io.keepwatch.file.Content;
import io.keepwatch.file.Sha256;
import io.keepwatch.http.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import java.util.UUID;

/** Copies contents of the store into files without a name, so that nothing is told before its hash was compared. Blocks. */
record ContentCopy(Path folder) {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Throws RefusedException where the store gives other bytes than were stored, UncheckedIOException where it gives none. */
    FileChannel of(Content content, String sha256) {
        Path path = folder.resolve(UUID.randomUUID() + ".download");
        try {
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            boolean good = false;
            try {
                Files.delete(path);
                fill(file, content, sha256);
                good = true;
                return file;
            } finally {
                if (!good) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(FileChannel file, Content content, String sha256) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = content.open(0)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
                while (bytes.hasRemaining()) {
                    write(file, bytes);
                }
            }
        }
        String found = Sha256.of(digest.digest()).hex();
        if (!found.equals(sha256)) {
            throw RefusedException.stuck(
                    "Other content",
                    "the store gave a content with sha256 " + found + ", but " + sha256
                            + " was stored: run `keepwatch verify`");
        }
        file.position(0);
    }

    private void write(FileChannel file, ByteBuffer bytes) throws IOException {
        try {
            file.write(bytes);
        } catch (IOException e) {
            throw new IOException("a download could not be copied into " + folder + ": " + e.getMessage(), e);
        }
    }
}
