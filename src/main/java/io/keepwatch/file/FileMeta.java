package io.keepwatch.file;

import java.util.List;
import java.util.Optional;

/**
 * Everything about a file but its content. {@code owner} and {@code group} are empty where the host has no name for the
 * id; {@code linkTarget} holds the raw bytes of a symlink's target; {@code xattrs} are sorted by name and include ACLs;
 * {@code hardLinkLeader} is the path under which the same inode was stored first.
 */
public record FileMeta(
        FileStat stat,
        Optional<String> owner,
        Optional<String> group,
        Optional<Bytes> linkTarget,
        List<Xattr> xattrs,
        Optional<RawPath> hardLinkLeader) {
    public FileMeta {
        xattrs = List.copyOf(xattrs);
    }

    public FileMeta withHardLinkLeader(RawPath leader) {
        return new FileMeta(stat, owner, group, linkTarget, xattrs, Optional.of(leader));
    }

    public FileMeta withStat(FileStat other) {
        return new FileMeta(other, owner, group, linkTarget, xattrs, hardLinkLeader);
    }

    /** The same with the number of bytes that were really read. */
    FileMeta withSize(long sizeBytes) {
        return withStat(stat.withSize(sizeBytes));
    }

    /** Whether a restore of either would give the same result, the content aside; inode, device and ctime do not count. */
    public boolean restoresLike(FileMeta other) {
        return stat.type() == other.stat.type()
                && (stat.type() == FileType.DIRECTORY || stat.sizeBytes() == other.stat.sizeBytes())
                && stat.modified().equals(other.stat.modified())
                && stat.mode() == other.stat.mode()
                && stat.uid() == other.stat.uid()
                && stat.gid() == other.stat.gid()
                && stat.deviceNumber() == other.stat.deviceNumber()
                && owner.equals(other.owner)
                && group.equals(other.group)
                && linkTarget.equals(other.linkTarget)
                && hardLinkLeader.equals(other.hardLinkLeader)
                && xattrs.equals(other.xattrs);
    }
}
