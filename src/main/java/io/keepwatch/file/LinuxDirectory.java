package io.keepwatch.file;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A directory held by a descriptor; each call names an entry relative to it. */
final class LinuxDirectory extends LinuxEntry implements HeldDirectory {
    private static final int HOLD = LinuxCalls.O_PATH | MACHINE.noFollow | LinuxCalls.O_CLOEXEC;
    private static final int HOLD_DIRECTORY = HOLD | MACHINE.directory;
    private static final int FIFO_BITS = 0x1000;
    private static final int CHARACTER_DEVICE_BITS = 0x2000;
    private static final int BLOCK_DEVICE_BITS = 0x6000;
    private static final int PRIVATE_FILE = 0600;
    private static final int PRIVATE_DIRECTORY = 0700;
    private static final int FRAGMENT_SIZE = 1;
    private static final int BLOCKS_FREE = 4;
    private static final int INODES = 5;
    private static final int INODES_FREE = 7;

    private LinuxDirectory(int descriptor, Trail trail) {
        super(descriptor, trail);
    }

    static LinuxDirectory open(Path realPath) throws IOException {
        Path absolute = realPath.toAbsolutePath();
        LinuxDirectory at = hold(LinuxCalls.AT_CWD, new byte[] {'/'}, Trail.TOP);
        for (byte[] name : RawPath.between(Path.of("/"), absolute).segments()) {
            try (LinuxDirectory parent = at) {
                at = parent.directory(name);
            }
        }
        return at;
    }

    private static LinuxDirectory hold(int directory, byte[] name, Trail trail) throws IOException {
        try {
            return new LinuxDirectory(LinuxCalls.openat(directory, LinuxCalls.c(name), HOLD_DIRECTORY), trail);
        } catch (LastErrorException e) {
            throw Errno.exception(e, trail);
        }
    }

    @Override
    public LinuxDirectory directory(byte[] name) throws IOException {
        return hold(descriptor(), name, trail().to(name));
    }

    @Override
    public LinuxDirectory again() throws IOException {
        return hold(descriptor(), new byte[] {'.'}, trail());
    }

    @Override
    public LinuxEntry entry(byte[] name) throws IOException {
        Trail entry = trail().to(name);
        try {
            return new LinuxEntry(LinuxCalls.openat(descriptor(), LinuxCalls.c(name), HOLD), entry);
        } catch (LastErrorException e) {
            throw Errno.exception(e, entry);
        }
    }

    @Override
    public List<byte[]> names() throws IOException {
        List<byte[]> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc())) {
            for (Path entry : entries) {
                names.add(PathBytes.of(entry.getFileName()));
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public FileChannel createFile(byte[] name) throws IOException {
        Path path = RawPath.of(name).under(proc());
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public void createDirectory(byte[] name) throws IOException {
        run(() -> LinuxCalls.mkdirat(descriptor(), LinuxCalls.c(name), PRIVATE_DIRECTORY), trail().to(name));
    }

    @Override
    public void createLink(byte[] name, Bytes target) throws IOException {
        byte[] text = LinuxCalls.c(target.toArray());
        run(() -> LinuxCalls.symlinkat(text, descriptor(), LinuxCalls.c(name)), trail().to(name));
    }

    @Override
    public void createNode(byte[] name, FileType type, long deviceNumber) throws IOException {
        long bits = switch (type) {
            case FIFO -> FIFO_BITS;
            case CHARACTER_DEVICE -> CHARACTER_DEVICE_BITS;
            case BLOCK_DEVICE -> BLOCK_DEVICE_BITS;
            default -> throw new IllegalArgumentException("mknod makes FIFOs and devices, not a " + type);
        };
        run(
                () -> LinuxCalls.syscall(
                        MACHINE.mknodat, descriptor(), LinuxCalls.c(name), bits | PRIVATE_FILE, deviceNumber),
                trail().to(name));
    }

    @Override
    public void createHardLink(byte[] name, HeldEntry existing) throws IOException {
        byte[] source = linux(existing).procBytes();
        run(
                () -> LinuxCalls.linkat(
                        LinuxCalls.AT_CWD, source, descriptor(), LinuxCalls.c(name), LinuxCalls.AT_SYMLINK_FOLLOW),
                trail().to(name));
    }

    @Override
    public void move(byte[] name, HeldDirectory to, byte[] newName, boolean replace) throws IOException {
        LinuxEntry target = linux(to);
        Trail moved = target.trail().to(newName);
        try {
            if (replace) {
                LinuxCalls.renameat(descriptor(), LinuxCalls.c(name), target.descriptor(), LinuxCalls.c(newName));
            } else {
                LinuxCalls.syscall(
                        MACHINE.renameat2,
                        descriptor(),
                        LinuxCalls.c(name),
                        target.descriptor(),
                        LinuxCalls.c(newName),
                        LinuxCalls.RENAME_NOREPLACE);
            }
        } catch (LastErrorException e) {
            if (replace || (e.getErrorCode() != Errno.EINVAL && e.getErrorCode() != Errno.ENOSYS)) {
                throw Errno.exception(e, moved);
            }
            moveUnlessTaken(name, to, newName, moved);
        }
    }

    /** For file systems that cannot rename without replacing (NFS): looks before it moves. */
    private void moveUnlessTaken(byte[] name, HeldDirectory to, byte[] newName, Trail moved) throws IOException {
        try (HeldEntry taken = to.entry(newName)) {
            throw new java.nio.file.FileAlreadyExistsException(
                    moved.toString(), null, "there is a " + taken.stat().type());
        } catch (java.nio.file.NoSuchFileException e) {
            move(name, to, newName, true);
        }
    }

    @Override
    public void removeFile(byte[] name) throws IOException {
        run(() -> LinuxCalls.unlinkat(descriptor(), LinuxCalls.c(name), 0), trail().to(name));
    }

    @Override
    public void removeDirectory(byte[] name) throws IOException {
        run(() -> LinuxCalls.unlinkat(descriptor(), LinuxCalls.c(name), LinuxCalls.AT_REMOVEDIR), trail().to(name));
    }

    @Override
    public void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(proc(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public FreeSpace freeSpace() throws IOException {
        long[] answer = new long[16];
        run(() -> LinuxCalls.statvfs(procBytes(), answer));
        long inodes = answer[INODES] == 0 ? Long.MAX_VALUE : answer[INODES_FREE];
        return new FreeSpace(answer[FRAGMENT_SIZE] * answer[BLOCKS_FREE], inodes);
    }

    private static LinuxEntry linux(HeldEntry entry) {
        if (entry instanceof LinuxEntry held) {
            return held;
        }
        throw new IllegalArgumentException("an entry of Linux and one of another host cannot be combined");
    }
}
