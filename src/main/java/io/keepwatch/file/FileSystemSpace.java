package io.keepwatch.file;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How full a file system is.
 *
 * @param freeBytes including what is reserved for root
 * @param availableBytes what an ordinary user may still write
 * @param inodes 0 where the file system makes them as it needs them, or where Java cannot tell
 */
public record FileSystemSpace(long sizeBytes, long freeBytes, long availableBytes, long inodes, long inodesFree) {
    private static final int FRAGMENT_SIZE = 1;
    private static final int BLOCKS = 2;
    private static final int BLOCKS_FREE = 3;
    private static final int BLOCKS_AVAILABLE = 4;
    private static final int INODES = 5;
    private static final int INODES_FREE = 6;

    /** Asks the kernel; on a network file system whose server is gone, this blocks. The path counts from {@code /}. */
    public static FileSystemSpace at(RawPath path) throws IOException {
        if (!LinuxCalls.areAvailable()) {
            return portable(path.under(Path.of("/")));
        }
        long[] answer = new long[16];
        try {
            LinuxCalls.statvfs(absolute(path), answer);
        } catch (LastErrorException e) {
            throw Errno.exception(e, "/" + path);
        }
        long unit = answer[FRAGMENT_SIZE];
        return new FileSystemSpace(
                unit * answer[BLOCKS],
                unit * answer[BLOCKS_FREE],
                unit * answer[BLOCKS_AVAILABLE],
                answer[INODES],
                answer[INODES_FREE]);
    }

    private static FileSystemSpace portable(Path path) throws IOException {
        FileStore store = Files.getFileStore(path);
        return new FileSystemSpace(store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace(), 0, 0);
    }

    private static byte[] absolute(RawPath path) {
        byte[] relative = path.bytes();
        byte[] absolute = new byte[relative.length + 2];
        absolute[0] = '/';
        System.arraycopy(relative, 0, absolute, 1, relative.length);
        return absolute;
    }
}
