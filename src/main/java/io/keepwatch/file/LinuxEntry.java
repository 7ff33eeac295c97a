package io.keepwatch.file;

import com.sun.jna.LastErrorException;
import io.keepwatch.file.LinuxCalls.Machine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An entry held by an {@code O_PATH} descriptor. {@code /proc/self/fd/<n>} leads to exactly that inode, even to a link
 * itself, so calls of the JDK and of the C library that take a path are safe on it.
 */
sealed class LinuxEntry implements HeldEntry permits LinuxDirectory {
    static final Machine MACHINE = Machine.current();
    private static final int CLOSED = -1;
    private static final int LONGEST_TARGET = 4096;

    private final AtomicInteger descriptor;
    private final Trail trail;

    LinuxEntry(int descriptor, Trail trail) {
        this.descriptor = new AtomicInteger(descriptor);
        this.trail = trail;
    }

    final int descriptor() {
        int number = descriptor.get();
        if (number == CLOSED) {
            throw new IllegalStateException("\"" + trail + "\" is used after it was closed");
        }
        return number;
    }

    final Trail trail() {
        return trail;
    }

    final Path proc() {
        return Path.of("/proc/self/fd/" + descriptor());
    }

    final byte[] procBytes() {
        return ("/proc/self/fd/" + descriptor() + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public FileStat stat() throws IOException {
        return StatReader.stat(proc());
    }

    @Override
    public Bytes linkTarget() throws IOException {
        byte[] target = new byte[LONGEST_TARGET];
        try {
            long length = LinuxCalls.readlinkat(descriptor(), LinuxCalls.NO_NAME, target, target.length);
            return Bytes.of(Arrays.copyOf(target, Math.toIntExact(length)));
        } catch (LastErrorException e) {
            throw Errno.exception(e, trail);
        }
    }

    @Override
    public Owner owner() throws IOException {
        return PortableEntry.owner(proc());
    }

    @Override
    public FileChannel read() throws IOException {
        FileType type = stat().type();
        if (type != FileType.REGULAR) {
            throw new ContentChangedException(trail.toString(), "is no regular file but a " + type);
        }
        return FileChannel.open(proc(), StandardOpenOption.READ);
    }

    @Override
    public Optional<Holes> holes() throws IOException {
        return LinuxHoles.of(procBytes(), trail);
    }

    @Override
    public List<Xattr> xattrs() throws IOException {
        return new LinuxXattrs(procBytes(), trail).read();
    }

    @Override
    public void setXattrs(List<Xattr> wanted) throws IOException {
        new LinuxXattrs(procBytes(), trail).replace(wanted);
    }

    @Override
    public void setOwner(int uid, int gid) throws IOException {
        run(() -> LinuxCalls.chown(procBytes(), uid, gid));
    }

    @Override
    public void setMode(int mode) throws IOException {
        run(() -> LinuxCalls.chmod(procBytes(), mode));
    }

    @Override
    public void setModified(Instant modified) throws IOException {
        long[] times = {0, LinuxCalls.UTIME_OMIT, modified.getEpochSecond(), modified.getNano()};
        run(() -> LinuxCalls.utimensat(LinuxCalls.AT_CWD, procBytes(), times, 0));
    }

    final void run(Call call) throws IOException {
        run(call, trail);
    }

    static void run(Call call, Trail concerned) throws IOException {
        try {
            call.run();
        } catch (LastErrorException e) {
            throw Errno.exception(e, concerned);
        }
    }

    @Override
    public final void close() {
        int number = descriptor.getAndSet(CLOSED);
        if (number != CLOSED) {
            try {
                LinuxCalls.close(number);
            } catch (LastErrorException e) {
                // An O_PATH descriptor holds no data that a close could lose.
                return;
            }
        }
    }

    /** A system call. */
    interface Call {
        void run() throws LastErrorException;
    }
}
