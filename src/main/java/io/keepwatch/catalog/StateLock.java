package io.keepwatch.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second daemon out of a state directory. The file {@code daemon.lock} is locked while the daemon lives and then
 * holds its pid and start time; it is emptied at a clean stop, so what stands in it at the next start tells of a crash.
 */
final class StateLock implements AutoCloseable {
    static final String FILE_NAME = "daemon.lock";
    /** Closing any other descriptor of the file would free a POSIX lock of this process, so it must not be opened twice. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;
    private final boolean afterCrash;

    private StateLock(Path directory, FileChannel channel, boolean afterCrash) {
        this.directory = directory;
        this.channel = channel;
        this.afterCrash = afterCrash;
    }

    static StateLock take(Path stateDirectory) throws IOException {
        Path directory = stateDirectory.toRealPath();
        if (!HELD.add(directory)) {
            throw new CatalogLockedException(directory, ProcessHandle.current().pid());
        }
        boolean taken = false;
        try {
            StateLock lock = lock(directory);
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(directory);
            }
        }
    }

    private static StateLock lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE_NAME),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean taken = false;
        try {
            String holder = read(channel);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new CatalogLockedException(directory, pid(holder));
            }
            taken = true;
            boolean afterCrash = !read(channel).isBlank();
            write(channel, ProcessHandle.current().pid() + " " + startTime() + "\n");
            return new StateLock(directory, channel, afterCrash);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Whether the daemon before this one ended without closing its catalog. */
    boolean afterCrash() {
        return afterCrash;
    }

    private static String startTime() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .orElseGet(Instant::now)
                .toString();
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(100);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static long pid(String holder) {
        String first = holder.strip().split(" ", 2)[0];
        return first.matches("\\d{1,18}") ? Long.parseLong(first) : 0;
    }

    /** Frees the directory without a word about how the daemon before ended: this one never worked on the catalog. */
    void abandon() throws IOException {
        try (channel) {
            if (!afterCrash) {
                channel.truncate(0);
            }
        } finally {
            HELD.remove(directory);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        } finally {
            HELD.remove(directory);
        }
    }
}
