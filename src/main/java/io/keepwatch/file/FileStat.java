package io.keepwatch.file;

import java.time.Instant;

/**
 * What one {@code lstat} says: enough to tell whether a file changed, without reading it. Sizes in bytes; times to the
 * nanosecond, as far as the file system keeps them; {@code mode} holds the permission bits only (12 bits); {@code
 * device} is the file system that holds the file, {@code deviceNumber} the {@code st_rdev} of a device file, else 0.
 */
public record FileStat(
        FileType type,
        long sizeBytes,
        Instant modified,
        Instant changed,
        long device,
        long inode,
        int links,
        int mode,
        int uid,
        int gid,
        long deviceNumber) {

    public FileStat withSize(long size) {
        return new FileStat(type, size, modified, changed, device, inode, links, mode, uid, gid, deviceNumber);
    }

    public FileStat withChanged(Instant at) {
        return new FileStat(type, sizeBytes, modified, at, device, inode, links, mode, uid, gid, deviceNumber);
    }

    public FileStat withDevice(long other) {
        return new FileStat(type, sizeBytes, modified, changed, other, inode, links, mode, uid, gid, deviceNumber);
    }

    /** Whether the content may be taken as unchanged: same file, same size, same times. */
    public boolean sameAs(FileStat other) {
        return type == other.type
                && inode == other.inode
                && sizeBytes == other.sizeBytes
                && modified.equals(other.modified)
                && changed.equals(other.changed);
    }
}
