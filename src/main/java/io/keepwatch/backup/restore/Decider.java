package io.keepwatch.backup.restore;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;

/** Compares a version with what is in its place, by content and metadata, and applies the overwrite rule. Any thread. */
final class Decider {
    private static final int CHUNK = 128 * 1024;

    private final MetadataPolicy policy;
    private final OverwriteRule rule;
    private final boolean privileged;

    Decider(MetadataPolicy policy, OverwriteRule rule, boolean privileged) {
        this.policy = policy;
        this.rule = rule;
        this.privileged = privileged;
    }

    /** For everything but directories and hard links. */
    Decision decide(HeldTree tree, RawPath path, FileVersion version, FileMeta meta) throws IOException {
        if (isDevice(meta) && !(privileged && policy.isRoot())) {
            return new Decision.Skip("it is a device: those are restored as root only, and only when asked for");
        }
        try (HeldEntry existing = tree.entry(path)) {
            if (policy.isMet(existing, meta) && hasContent(existing, version)) {
                return new Decision.Unchanged(existing.stat());
            }
            return replace(tree, path, existing.stat(), meta.stat());
        } catch (NoSuchFileException e) {
            return new Decision.Place(false);
        }
    }

    /** For one more name of a file that is in place. */
    Decision decideLink(HeldTree tree, RawPath path, FileMeta meta, FileStat leader) throws IOException {
        try (HeldEntry existing = tree.entry(path)) {
            FileStat stat = existing.stat();
            return EntryPlacer.isSameFile(stat, leader)
                    ? new Decision.Unchanged(stat)
                    : replace(tree, path, stat, meta.stat());
        } catch (NoSuchFileException e) {
            return new Decision.Place(false);
        }
    }

    /** Whether the rule lets an entry that differs be replaced by something that is no directory. */
    private Decision replace(HeldTree tree, RawPath path, FileStat existing, FileStat wanted) throws IOException {
        if (rule == OverwriteRule.NEVER) {
            return new Decision.Skip("another " + existing.type() + " is there, and overwrite is \"never\"");
        }
        if (rule == OverwriteRule.OLDER && !existing.modified().isBefore(wanted.modified())) {
            return new Decision.Skip(
                    "what is there was modified at " + existing.modified() + ", no earlier than this version");
        }
        if (existing.type() == FileType.DIRECTORY && rule != OverwriteRule.ALWAYS) {
            return new Decision.Skip("a directory is there, and only overwrite \"always\" replaces an empty one");
        }
        if (existing.type() == FileType.DIRECTORY && !isEmpty(tree, path)) {
            return new Decision.Skip("a directory that is not empty is there: move it away to restore this");
        }
        return new Decision.Place(true);
    }

    private static boolean isEmpty(HeldTree tree, RawPath path) throws IOException {
        try (HeldDirectory directory = tree.directory(path)) {
            return directory.names().isEmpty();
        }
    }

    private static boolean isDevice(FileMeta meta) {
        return meta.stat().type() == FileType.CHARACTER_DEVICE || meta.stat().type() == FileType.BLOCK_DEVICE;
    }

    private static boolean hasContent(HeldEntry existing, FileVersion version) throws IOException {
        if (!version.hasContent()) {
            return true;
        }
        long size = version.meta().map(meta -> meta.stat().sizeBytes()).orElse(-1L);
        return existing.stat().sizeBytes() == size
                && version.hash().isPresent()
                && hash(existing).equals(version.hash().get());
    }

    private static Sha256 hash(HeldEntry file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (FileChannel channel = file.read()) {
            while (channel.read(chunk.clear()) >= 0) {
                digest.update(chunk.flip());
            }
        }
        return Sha256.of(digest.digest());
    }
}
