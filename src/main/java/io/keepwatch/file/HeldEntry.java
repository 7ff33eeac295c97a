package io.keepwatch.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One file, directory or link, held so that every call concerns the very same inode, whatever others do to its name
 * meanwhile. No call follows a link. Calls block; any thread, but {@link #close} only when no other call runs.
 */
public sealed interface HeldEntry extends AutoCloseable permits HeldDirectory, LinuxEntry, PortableEntry {
    FileStat stat() throws IOException;

    /** The bytes of a symlink's target; throws for anything else. */
    Bytes linkTarget() throws IOException;

    /** The extended attributes that a backup keeps (see {@link KeptXattrs}), sorted by name; empty where there are none. */
    List<Xattr> xattrs() throws IOException;

    /** The login and group name of the file's owner, numbers where the host has no name for them. */
    Owner owner() throws IOException;

    /** Opens the bytes of a regular file; throws {@link ContentChangedException} for anything else, without opening it. */
    FileChannel read() throws IOException;

    /** The holes of a regular file, where the system can tell of them and is to be believed. The caller closes them. */
    Optional<Holes> holes() throws IOException;

    /** Clears setuid and setgid, as the kernel does; so it comes before {@link #setMode}. */
    void setOwner(int uid, int gid) throws IOException;

    /** Sets the 12 permission bits. Links have none: throws for a link. */
    void setMode(int mode) throws IOException;

    /** Makes the kept extended attributes equal to these: sets them, and removes the others. */
    void setXattrs(List<Xattr> wanted) throws IOException;

    /** Sets the time of the last change of the content, to the nanosecond; the time of the last access stays. */
    void setModified(Instant modified) throws IOException;

    @Override
    void close();

    /** Names of an owner. */
    record Owner(String user, String group) {}
}
