package io.keepwatch.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that is held, and its entries by their raw names (one segment, no slash). A name never leads through a
 * link, and a directory that is moved or replaced meanwhile keeps being the one that was opened. On Linux this is a
 * promise of the kernel; elsewhere each step is checked right before it is taken, which leaves a moment in between.
 */
public sealed interface HeldDirectory extends HeldEntry permits LinuxDirectory, PortableDirectory {

    /**
     * Holds the directory at this absolute path, without following a link in any part of it: give a real path ({@link
     * Path#toRealPath}). Throws {@link java.nio.file.NoSuchFileException} where there is none, and where a part of the path is a
     * link or a file.
     */
    static HeldDirectory open(Path realPath) throws IOException {
        return isSafeFromRaces() ? LinuxDirectory.open(realPath) : PortableDirectory.open(realPath);
    }

    /** Whether this host gives the promise of the kernel: Linux on x86-64 or arm64 with /proc mounted. */
    static boolean isSafeFromRaces() {
        return LinuxCalls.areAvailable();
    }

    /** Holds an entry of any type. Opening has no effect on it: a FIFO does not block, a tape does not rewind. */
    HeldEntry entry(byte[] name) throws IOException;

    /** Holds a sub-directory; throws {@link java.nio.file.NoSuchFileException} where it is missing, a link or a file. */
    HeldDirectory directory(byte[] name) throws IOException;

    /** Holds this same directory once more; closed on its own. */
    HeldDirectory again() throws IOException;

    List<byte[]> names() throws IOException;

    /** Makes a new file that only its owner may read, and opens it for writing. */
    FileChannel createFile(byte[] name) throws IOException;

    /** Makes a directory that only its owner may enter. */
    void createDirectory(byte[] name) throws IOException;

    void createLink(byte[] name, Bytes target) throws IOException;

    /** Makes a FIFO or a device that only its owner may use. */
    void createNode(byte[] name, FileType type, long deviceNumber) throws IOException;

    /** Gives a held file one more name here. */
    void createHardLink(byte[] name, HeldEntry existing) throws IOException;

    /**
     * Moves an entry into another directory of the same file system, at once. Without {@code replace} it throws {@link
     * java.nio.file.FileAlreadyExistsException} where the name is taken; with it a file replaces a file, and a directory an
     * empty directory.
     */
    void move(byte[] name, HeldDirectory to, byte[] newName, boolean replace) throws IOException;

    /** Removes an entry that is no directory. */
    void removeFile(byte[] name) throws IOException;

    /** Removes an empty directory; throws {@link java.nio.file.DirectoryNotEmptyException} for another. */
    void removeDirectory(byte[] name) throws IOException;

    /** Returns when the names in this directory are on the disk. */
    void sync() throws IOException;

    FreeSpace freeSpace() throws IOException;
}
