package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A pack on its way to the bucket, in a file of its own that nobody else writes. */
final class SpoolFile implements Content, AutoCloseable {
    private final Path file;

    private SpoolFile(Path file) {
        this.file = file;
    }

    /** Makes the folder where it is missing, and removes what a crash left in it. */
    static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*.pack")) {
            for (Path old : left) {
                Files.delete(old);
            }
        }
    }

    static SpoolFile in(Path folder) {
        return new SpoolFile(folder.resolve(UUID.randomUUID() + ".pack"));
    }

    OutputStream write() throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 128 << 10);
    }

    @Override
    public long lengthBytes() {
        return file.toFile().length();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return Channels.newInputStream(channel.position(offset));
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
