package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Reserve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that only takes space. When the disk is full it is given up, so that what was just stored can still be
 * recorded; once there is room again it is made anew. Writer thread only.
 */
final class Ballast implements Reserve {
    static final int SIZE_BYTES = 8 * 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
    private static final long ROOM_NEEDED_BYTES = 8L * SIZE_BYTES;
    private static final long PAUSE_NANOS = 60_000_000_000L;

    private final Path file;
    private long triedNanos = System.nanoTime() - PAUSE_NANOS;

    Ballast(Path stateDirectory) {
        this.file = stateDirectory.resolve("ballast");
    }

    /** Gives the space back; false where it had been given up before. */
    @Override
    public boolean release() {
        try {
            triedNanos = System.nanoTime();
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted to make room for the catalog: {}", file, e.toString());
            return false;
        }
    }

    /** Makes the file anew where it is missing and there is room; looks at most once a minute. */
    @Override
    public void renew() {
        long now = System.nanoTime();
        if (now - triedNanos < PAUSE_NANOS) {
            return;
        }
        triedNanos = now;
        try {
            if (!Files.exists(file)
                    && Files.getFileStore(file.resolveSibling(".")).getUsableSpace() > ROOM_NEEDED_BYTES) {
                byte[] incompressible = new byte[SIZE_BYTES];
                new Random(SIZE_BYTES).nextBytes(incompressible);
                Files.write(file, incompressible);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be written; a full disk will stop the catalog at once: {}", file, e.toString());
        }
    }
}
