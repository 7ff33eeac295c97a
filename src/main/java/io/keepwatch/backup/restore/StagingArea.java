package io.keepwatch.backup.restore;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A directory inside the target that only this process enters: entries are made here and moved into place when they are
 * whole. It notes the directories that the restore makes, so that after a crash the next restore knows which of them
 * still wait for their metadata; it then takes the notes over and removes what was left.
 */
final class StagingArea implements AutoCloseable {
    static final String PREFIX = ".keepwatch-restore-";

    private static final byte[] NOTES = name("directories");
    private static final int PRIVATE = 0700;

    private final HeldDirectory top;
    private final byte[] ownName;
    private final HeldDirectory directory;
    private final FileChannel notes;
    private final Set<RawPath> adopted = new HashSet<>();
    private final AtomicLong names = new AtomicLong();

    private StagingArea(HeldDirectory top, byte[] ownName, HeldDirectory directory, FileChannel notes) {
        this.top = top;
        this.ownName = ownName;
        this.directory = directory;
        this.notes = notes;
    }

    /** Throws {@link RestoreException} while another restore works in the same target. */
    static StagingArea open(HeldDirectory top, String unique) throws IOException {
        byte[] ownName = name(PREFIX + unique);
        top.createDirectory(ownName);
        HeldDirectory directory = top.directory(ownName);
        StagingArea area = new StagingArea(top, ownName, directory, directory.createFile(NOTES));
        try {
            area.notes.lock();
            area.adoptLeftovers();
            return area;
        } catch (IOException e) {
            area.close();
            throw e;
        }
    }

    HeldDirectory directory() {
        return directory;
    }

    byte[] newName() {
        return name("e" + names.getAndIncrement());
    }

    /** Directories that an interrupted restore had made, and which may lack their metadata. */
    Set<RawPath> adopted() {
        return adopted;
    }

    /** Notes that the restore has made this directory. */
    synchronized void made(RawPath path) throws IOException {
        byte[] bytes = path.bytes();
        notes.write(ByteBuffer.wrap(java.util.Arrays.copyOf(bytes, bytes.length + 1)));
    }

    private void adoptLeftovers() throws IOException {
        FileStat own = directory.stat();
        for (byte[] name : top.names()) {
            if (new String(name, StandardCharsets.ISO_8859_1).startsWith(PREFIX)
                    && !RawPath.of(name).equals(RawPath.of(ownName))) {
                adopt(name, own);
            }
        }
    }

    /** Only what this user has made and nobody else could enter: others may make directories of this name too. */
    private void adopt(byte[] name, FileStat own) throws IOException {
        try (HeldDirectory left = top.directory(name)) {
            FileStat stat = left.stat();
            if (stat.uid() != own.uid() || stat.mode() != PRIVATE || stat.device() != own.device()) {
                return;
            }
            readNotes(left);
            clear(left);
            top.removeDirectory(name);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // Somebody's file or link of this name: it is not ours to touch.
            return;
        }
    }

    private void readNotes(HeldDirectory left) throws IOException {
        byte[] paths;
        try (HeldEntry entry = left.entry(NOTES);
                FileChannel file = entry.read()) {
            paths = readUnlessLocked(file);
        } catch (NoSuchFileException e) {
            return;
        }
        int start = 0;
        for (int i = 0; i < paths.length; i++) {
            if (paths[i] == 0) {
                RawPath path = RawPath.of(java.util.Arrays.copyOfRange(paths, start, i));
                adopted.add(path);
                made(path);
                start = i + 1;
            }
        }
    }

    private static byte[] readUnlessLocked(FileChannel file) throws IOException {
        try (FileLock lock = file.tryLock(0, Long.MAX_VALUE, true)) {
            if (lock != null) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                Channels.newInputStream(file).transferTo(bytes);
                return bytes.toByteArray();
            }
        } catch (OverlappingFileLockException e) {
            throw busy();
        }
        throw busy();
    }

    private static RestoreException busy() {
        return new RestoreException("another restore is writing into the same directory: wait until it has ended");
    }

    private static void clear(HeldDirectory directory) throws IOException {
        for (byte[] name : directory.names()) {
            boolean isDirectory;
            try (HeldEntry entry = directory.entry(name)) {
                isDirectory = entry.stat().type() == FileType.DIRECTORY;
            }
            if (isDirectory) {
                directory.removeDirectory(name);
            } else {
                directory.removeFile(name);
            }
        }
    }

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Removes the area. */
    @Override
    public void close() throws IOException {
        try (directory;
                notes) {
            clear(directory);
        }
        top.removeDirectory(ownName);
    }
}
