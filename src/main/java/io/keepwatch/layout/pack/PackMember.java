package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.Content;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * A content that is to be put into a pack, as a member of the tar archive.
 *
 * @param name in the archive, raw bytes
 * @param mode permission bits
 * @param content from 1 byte to 16 MiB, whose SHA-256 the caller knows to be {@code hash}
 */
public record PackMember(Bytes name, int mode, int uid, int gid, Instant modified, Sha256 hash, Content content) {
    /** The largest member; a content beyond it is stored as segments. */
    public static final int MAX_BYTES = 16 << 20;

    /** Throws IllegalArgumentException for a size that no member may have. */
    public PackMember {
        if (content.lengthBytes() < 1 || content.lengthBytes() > MAX_BYTES) {
            throw new IllegalArgumentException("member \"" + name + "\" has " + content.lengthBytes()
                    + " bytes; an empty content is not stored, and one over 16 MiB is stored as segments");
        }
    }

    /** The whole content of a regular file, under {@code <root>/<path>}. */
    public static PackMember file(FileVersion version, Content content) {
        FileStat stat = version.meta()
                .orElseThrow(() -> new IllegalArgumentException("\"" + version.path() + "\" is a deletion"))
                .stat();
        Sha256 hash = version.hash()
                .orElseThrow(() -> new IllegalArgumentException("\"" + version.path() + "\" has no hash"));
        return new PackMember(
                MemberName.file(version.root(), version.path()),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.modified(),
                hash,
                content);
    }

    /** A part of a large file. */
    public static PackMember segment(Sha256 hash, Content content) {
        return nameless(MemberName.segment(hash), hash, content);
    }

    /** A content of which no path is known. */
    public static PackMember content(Sha256 hash, Content content) {
        return nameless(MemberName.content(hash), hash, content);
    }

    /** Whose content it is; empty where no path is known. */
    Optional<Integer> owner() {
        return MemberName.isNameless(name) ? Optional.empty() : Optional.of(uid);
    }

    private static PackMember nameless(Bytes name, Sha256 hash, Content content) {
        return new PackMember(name, 0600, 0, 0, Instant.EPOCH, hash, content);
    }

    PackMember named(Bytes other) {
        return new PackMember(other, mode, uid, gid, modified, hash, content);
    }
}
