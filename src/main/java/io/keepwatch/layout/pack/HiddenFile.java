package io.keepwatch.layout.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A file without a name: nobody else can open it, and its room is given back when it is closed or the process ends,
 * however it ends. For one thread at a time.
 */
final class HiddenFile implements AutoCloseable {
    private static final int BUFFER = 256 << 10;
    private static final FileAttribute<Set<PosixFilePermission>> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final FileChannel channel;

    private HiddenFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Holds all bytes of the stream. In this folder, or where that cannot be written, in that of temporary files. */
    static HiddenFile of(InputStream in, Path folder) throws IOException {
        Path place = Files.isWritable(folder) ? folder : Path.of(System.getProperty("java.io.tmpdir"));
        HiddenFile file = new HiddenFile(FileChannel.open(
                place.resolve(".keepwatch-" + UUID.randomUUID() + ".pack"),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                ONLY_OWNER));
        try {
            file.write(in);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void write(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.readNBytes(buffer, 0, BUFFER); count > 0; count = in.readNBytes(buffer, 0, BUFFER)) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    long lengthBytes() throws IOException {
        return channel.size();
    }

    /** Throws EOFException where the file ends before. */
    byte[] read(long from, long to) throws IOException {
        if (from < 0 || to < from || to > channel.size()) {
            throw new EOFException(
                    "bytes from " + from + " to " + to + " are asked for, but there are " + channel.size());
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("a file of this process was cut off");
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
