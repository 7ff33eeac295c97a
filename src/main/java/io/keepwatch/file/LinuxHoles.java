package io.keepwatch.file;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the kernel by SEEK_DATA and SEEK_HOLE, on a descriptor of its own, so that no other reader's place moves. Only on file
 * systems that count what is written and not yet on disk as data: OpenZFS told of holes where there was data (2.1 and 2.2),
 * and layered or remote ones pass on what another one says.
 */
final class LinuxHoles implements Holes {
    private static final long EXT = 0xEF53;
    private static final long XFS = 0x58465342;
    private static final long BTRFS = 0x9123683EL;
    private static final long TMPFS = 0x01021994;
    private static final Set<Long> TRUSTED = Set.of(EXT, XFS, BTRFS, TMPFS);
    /** In numbers of 8 bytes; more than any kernel's answer. */
    private static final int ANSWER = 32;

    private final int descriptor;
    private final Trail trail;

    private LinuxHoles(int descriptor, Trail trail) {
        this.descriptor = descriptor;
        this.trail = trail;
    }

    /** Of the regular file that this path in {@code /proc} leads to; empty where the file system is not trusted. */
    static Optional<Holes> of(byte[] proc, Trail trail) throws IOException {
        LinuxHoles holes;
        try {
            holes = new LinuxHoles(
                    LinuxCalls.openat(LinuxCalls.AT_CWD, proc, LinuxCalls.O_RDONLY | LinuxCalls.O_CLOEXEC), trail);
        } catch (LastErrorException e) {
            throw Errno.exception(e, trail);
        }
        if (holes.areTrusted()) {
            return Optional.of(holes);
        }
        holes.close();
        return Optional.empty();
    }

    private boolean areTrusted() {
        long[] answer = new long[ANSWER];
        try {
            LinuxCalls.fstatfs(descriptor, answer);
        } catch (LastErrorException e) {
            return false;
        }
        return TRUSTED.contains(answer[0]);
    }

    @Override
    public long dataFrom(long offset) throws IOException {
        return seek(offset, LinuxCalls.SEEK_DATA);
    }

    @Override
    public long holeFrom(long offset) throws IOException {
        return seek(offset, LinuxCalls.SEEK_HOLE);
    }

    private long seek(long offset, int whence) throws IOException {
        try {
            return LinuxCalls.lseek(descriptor, offset, whence);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENXIO) {
                return Long.MAX_VALUE;
            }
            throw Errno.exception(e, trail);
        }
    }

    @Override
    public void close() {
        try {
            LinuxCalls.close(descriptor);
        } catch (LastErrorException e) {
            // A descriptor that was only read holds no data that a close could lose.
            return;
        }
    }
}
