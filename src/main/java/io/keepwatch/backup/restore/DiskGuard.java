package io.keepwatch.backup.restore;

import io.keepwatch.file.FreeSpace;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.util.Optional;

/** Knows whether what is to be restored fits on the target's file system, and whether an error says that it is full. */
final class DiskGuard {
    private static final String[] FULL = {"No space left on device", "Disk quota exceeded", "errno 28", "[28]", "[122]"
    };

    private final HeldDirectory top;
    private volatile boolean full;

    DiskGuard(HeldDirectory top) {
        this.top = top;
    }

    /** Why this much does not fit, if it does not. */
    Optional<String> lacks(long entries, long bytes) throws IOException {
        FreeSpace free = top.freeSpace();
        if (bytes > free.bytes()) {
            return Optional.of(size(bytes) + " are to be written, but the disk of the target has " + size(free.bytes())
                    + " free: " + size(bytes - free.bytes()) + " are missing");
        }
        if (entries > free.inodes()) {
            return Optional.of(entries + " files are to be made, but the file system of the target has room for "
                    + free.inodes() + " more: " + (entries - free.inodes()) + " inodes are missing");
        }
        return Optional.empty();
    }

    private static String size(long bytes) {
        return new ByteSize(bytes) + " (" + bytes + " bytes)";
    }

    /** Remembers it: nothing more is begun then. The words depend on no locale that a service runs in. */
    boolean isFull(Exception error) {
        String message = String.valueOf(error.getMessage());
        for (String words : FULL) {
            full |= error instanceof IOException && message.contains(words);
        }
        if (error instanceof IOException && !(error instanceof BrokenContentException) && !full) {
            full = hasNothingFree();
        }
        return full;
    }

    boolean wasFull() {
        return full;
    }

    private boolean hasNothingFree() {
        try {
            FreeSpace free = top.freeSpace();
            return free.bytes() == 0 || free.inodes() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
