package io.keepwatch.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that Java lacks: relative to an open directory, on raw names (which end in NUL), with nanoseconds.
 * Each throws {@link LastErrorException} with the errno. A {@code size_t} is a {@code long}: 64-bit machines only.
 */
final class LinuxCalls {
    static final int AT_CWD = -100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int O_PATH = 0x200000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_RDONLY = 0;
    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;
    static final int RENAME_NOREPLACE = 1;
    static final long UTIME_OMIT = 0x3FFFFFFE;
    static final byte[] NO_NAME = {0};

    private LinuxCalls() {}

    static native int openat(int directory, byte[] name, int flags) throws LastErrorException;

    static native long lseek(int descriptor, long offset, int whence) throws LastErrorException;

    /** The first number of the answer tells the kind of file system. */
    static native int fstatfs(int descriptor, long[] answer) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int mkdirat(int directory, byte[] name, int mode) throws LastErrorException;

    static native int unlinkat(int directory, byte[] name, int flags) throws LastErrorException;

    static native int renameat(int from, byte[] name, int to, byte[] newName) throws LastErrorException;

    static native int linkat(int from, byte[] name, int to, byte[] newName, int flags) throws LastErrorException;

    static native int symlinkat(byte[] target, int directory, byte[] name) throws LastErrorException;

    static native long readlinkat(int directory, byte[] name, byte[] target, long size) throws LastErrorException;

    static native int chown(byte[] path, int uid, int gid) throws LastErrorException;

    static native int chmod(byte[] path, int mode) throws LastErrorException;

    /** {@code times}: seconds and nanoseconds of the last access, then of the last modification. */
    static native int utimensat(int directory, byte[] path, long[] times, int flags) throws LastErrorException;

    static native long listxattr(byte[] path, byte[] names, long size) throws LastErrorException;

    static native long getxattr(byte[] path, byte[] name, byte[] value, long size) throws LastErrorException;

    static native int setxattr(byte[] path, byte[] name, byte[] value, long size, int flags) throws LastErrorException;

    static native int removexattr(byte[] path, byte[] name) throws LastErrorException;

    static native int statvfs(byte[] path, long[] answer) throws LastErrorException;

    /** The host's account of that name, in memory of the C library until the next call; null where there is none. */
    static native @Nullable Pointer getpwnam(byte[] name);

    static native @Nullable Pointer getgrnam(byte[] name);

    /** For mknodat, which older C libraries hide. */
    static native long syscall(long number, long directory, byte[] name, long mode, long device)
            throws LastErrorException;

    /** For renameat2, which older C libraries lack. */
    static native long syscall(long number, long from, byte[] name, long to, byte[] newName, long flags)
            throws LastErrorException;

    static boolean areAvailable() {
        return Binding.MADE;
    }

    /** A name or path as C wants it. */
    static byte[] c(byte[] name) {
        return java.util.Arrays.copyOf(name, name.length + 1);
    }

    /** The numbers that differ between processors. */
    enum Machine {
        X86_64(0x10000, 0x20000, 259, 316),
        ARM_64(0x4000, 0x8000, 33, 276);

        final int directory;
        final int noFollow;
        final long mknodat;
        final long renameat2;

        Machine(int directory, int noFollow, long mknodat, long renameat2) {
            this.directory = directory;
            this.noFollow = noFollow;
            this.mknodat = mknodat;
            this.renameat2 = renameat2;
        }

        static Machine current() {
            return System.getProperty("os.arch").equals("aarch64") ? ARM_64 : X86_64;
        }
    }

    private static final class Binding {
        static final boolean MADE = make();

        private static boolean make() {
            String arch = System.getProperty("os.arch", "");
            boolean known = System.getProperty("os.name", "").equals("Linux")
                    && (arch.equals("amd64") || arch.equals("aarch64"))
                    && Files.isDirectory(Path.of("/proc/self/fd"));
            try {
                if (known) {
                    Native.register(LinuxCalls.class, NativeLibrary.getProcess());
                }
                return known;
            } catch (LinkageError e) {
                return false;
            }
        }
    }
}
