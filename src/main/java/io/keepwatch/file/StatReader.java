package io.keepwatch.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Reads a {@link FileStat} with one system call; never follows a symlink. Blocks; any thread. */
public final class StatReader {
    private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,dev,ino,nlink,uid,gid,rdev";
    private static final int TYPE_MASK = 0xF000;
    private static final int PERMISSION_MASK = 0xFFF;

    private StatReader() {}

    /** Throws {@link java.nio.file.NoSuchFileException} where nothing has this path. */
    public static FileStat lstat(Path path) throws IOException {
        return of(Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
    }

    /** As {@link #lstat}, but follows links; for a root that is configured by a link, and for open descriptors. */
    public static FileStat stat(Path path) throws IOException {
        return of(Files.readAttributes(path, ATTRIBUTES));
    }

    private static FileStat of(Map<String, Object> attributes) throws IOException {
        int mode = (int) number(attributes, "mode");
        FileType type = type(mode & TYPE_MASK);
        boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        return new FileStat(
                type,
                number(attributes, "size"),
                time(attributes, "lastModifiedTime"),
                time(attributes, "ctime"),
                number(attributes, "dev"),
                number(attributes, "ino"),
                (int) number(attributes, "nlink"),
                mode & PERMISSION_MASK,
                (int) number(attributes, "uid"),
                (int) number(attributes, "gid"),
                device ? number(attributes, "rdev") : 0);
    }

    private static FileType type(int bits) throws IOException {
        return switch (bits) {
            case 0x8000 -> FileType.REGULAR;
            case 0x4000 -> FileType.DIRECTORY;
            case 0xA000 -> FileType.SYMLINK;
            case 0x1000 -> FileType.FIFO;
            case 0x2000 -> FileType.CHARACTER_DEVICE;
            case 0x6000 -> FileType.BLOCK_DEVICE;
            case 0xC000 -> FileType.SOCKET;
            default -> throw new IOException("the kernel gave a file type that stat(2) does not list: " + bits);
        };
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Instant time(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof FileTime time ? time.toInstant() : Instant.EPOCH;
    }
}
