package io.keepwatch.backup.restore;

import io.keepwatch.file.AccountIds;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Xattr;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;

/**
 * Gives restored entries their metadata, as far as this process may. Root sets everything; another user cannot give files
 * away, so setuid and setgid are left out where the owner is not the one they were meant for.
 */
final class MetadataPolicy {
    private static final int SET_ID_BITS = 06000;

    private final int ownUid;
    private final int ownGid;
    private final Ownership ownership;
    private final Warnings warnings;
    private final AccountIds accounts = new AccountIds();

    /** {@code own} is the stat of a file that this process has just made. */
    MetadataPolicy(FileStat own, Ownership ownership, Warnings warnings) {
        this.ownUid = own.uid();
        this.ownGid = own.gid();
        this.ownership = ownership;
        this.warnings = warnings;
    }

    boolean isRoot() {
        return ownUid == 0;
    }

    /** Whether an entry already has all that {@link #apply} would give it, and the type. */
    boolean isMet(HeldEntry entry, FileMeta meta) throws IOException {
        FileStat stat = entry.stat();
        FileStat wanted = meta.stat();
        boolean link = wanted.type() == FileType.SYMLINK;
        return stat.type() == wanted.type()
                && stat.uid() == uid(meta)
                && stat.gid() == gid(meta)
                && (link || stat.mode() == mode(meta))
                && stat.modified().equals(modified(wanted))
                && stat.deviceNumber() == wanted.deviceNumber()
                && (!link
                        || meta.linkTarget().filter(entry.linkTarget()::equals).isPresent())
                && (link || entry.xattrs().equals(xattrs(meta)));
    }

    /** Sets owner, extended attributes, mode and time, in the order in which none undoes another. What fails is a warning. */
    void apply(HeldEntry entry, FileMeta meta, RawPath path) {
        boolean owned = setOwner(entry, meta, path);
        boolean link = meta.stat().type() == FileType.SYMLINK;
        if (!link || !meta.xattrs().isEmpty()) {
            attempt("extended attributes", path, () -> entry.setXattrs(xattrs(meta)));
        }
        if (!link) {
            int mode = owned ? mode(meta) : mode(meta) & ~SET_ID_BITS;
            attempt("mode", path, () -> entry.setMode(mode));
        }
        attempt("time", path, () -> entry.setModified(meta.stat().modified()));
        warnOfLosses(meta, path);
    }

    private boolean setOwner(HeldEntry entry, FileMeta meta, RawPath path) {
        return !isRoot() || attempt("owner", path, () -> entry.setOwner(uid(meta), gid(meta)));
    }

    private void warnOfLosses(FileMeta meta, RawPath path) {
        if (!isRoot() && (meta.stat().uid() != ownUid || meta.stat().gid() != ownGid)) {
            warnings.add("owner", path, "only root can give files to others; run the restore as root to keep owners");
        }
        if (mode(meta) != meta.stat().mode()) {
            warnings.add("setuid and setgid bits", path, "they are left out where the owner cannot be set");
        }
        if (xattrs(meta).size() < meta.xattrs().size()) {
            warnings.add("extended attributes", path, "some can be set by root only, on Linux");
        }
    }

    private int uid(FileMeta meta) {
        OptionalInt mapped = ownership == Ownership.NAMES
                ? meta.owner().map(accounts::user).orElse(OptionalInt.empty())
                : OptionalInt.empty();
        return isRoot() ? mapped.orElse(meta.stat().uid()) : ownUid;
    }

    private int gid(FileMeta meta) {
        OptionalInt mapped = ownership == Ownership.NAMES
                ? meta.group().map(accounts::group).orElse(OptionalInt.empty())
                : OptionalInt.empty();
        return isRoot() ? mapped.orElse(meta.stat().gid()) : ownGid;
    }

    private int mode(FileMeta meta) {
        FileStat stat = meta.stat();
        boolean foreign = !isRoot() && (stat.uid() != ownUid || stat.gid() != ownGid);
        return foreign ? stat.mode() & ~SET_ID_BITS : stat.mode();
    }

    private List<Xattr> xattrs(FileMeta meta) {
        boolean linux = HeldDirectory.isSafeFromRaces();
        return meta.xattrs().stream()
                .filter(xattr -> xattr.name().startsWith("user.")
                        || (linux && (isRoot() || xattr.name().startsWith("system.posix_acl_"))))
                .toList();
    }

    /** What an entry's time is after it was set: Java 17 alone keeps microseconds. */
    private static Instant modified(FileStat wanted) {
        return HeldDirectory.isSafeFromRaces()
                ? wanted.modified()
                : wanted.modified().truncatedTo(ChronoUnit.MICROS);
    }

    private boolean attempt(String what, RawPath path, Setting setting) {
        try {
            setting.set();
            return true;
        } catch (IOException e) {
            warnings.add(what, path, "could not be set (" + e.getMessage() + ")");
            return false;
        }
    }

    private interface Setting {
        void set() throws IOException;
    }
}
