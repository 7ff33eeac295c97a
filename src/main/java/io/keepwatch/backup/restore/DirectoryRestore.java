package io.keepwatch.backup.restore;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes directories first and gives them their metadata last, the deepest first: so their times survive, and one that
 * nobody may write into can still be filled. One thread at a time.
 */
final class DirectoryRestore {
    private final TargetTree tree;
    private final MetadataPolicy policy;
    private final OverwriteRule rule;
    private final TreeMap<RawPath, FileMeta> wanted = new TreeMap<>();
    private final Map<RawPath, FileMeta> known = new TreeMap<>();

    DirectoryRestore(TargetTree tree, MetadataPolicy policy, OverwriteRule rule) {
        this.tree = tree;
        this.policy = policy;
        this.rule = rule;
    }

    /** A directory that is not selected, but may have to be made for something beneath it that is. */
    void remember(RawPath path, FileMeta meta) {
        known.put(path, meta);
    }

    /** Makes the directory, unless it is there. What happens to an existing one with other metadata, the rule says. */
    Decision restore(RawPath path, FileMeta meta) throws IOException {
        try (HeldEntry existing = tree.view().entry(path)) {
            FileStat stat = existing.stat();
            if (stat.type() != FileType.DIRECTORY && rule != OverwriteRule.ALWAYS) {
                return new Decision.Skip("a " + stat.type() + " is where this directory was");
            }
            if (stat.type() == FileType.DIRECTORY) {
                return merge(path, meta, existing);
            }
        } catch (NoSuchFileException e) {
            // Made below.
        }
        tree.reach(path).close();
        wanted.put(path, meta);
        return new Decision.Place(false);
    }

    private Decision merge(RawPath path, FileMeta meta, HeldEntry existing) throws IOException {
        boolean made = tree.isMade(path);
        boolean met = !made && policy.isMet(existing, meta);
        if (made || met || rule == OverwriteRule.ALWAYS) {
            // An equal one gets its time back too, after entries were put into it.
            tree.claim(path, existing.stat());
            wanted.put(path, meta);
            return met ? new Decision.Unchanged(existing.stat()) : new Decision.Place(false);
        }
        return path.isRoot()
                ? new Decision.Unchanged(existing.stat())
                : new Decision.Skip(
                        "the directory is there with other metadata, which stays; its entries are restored");
    }

    /** Sets the metadata of all directories but the top. */
    void finish(Warnings warnings) throws IOException {
        for (RawPath path : tree.made()) {
            if (path.isRoot() || wanted.containsKey(path)) {
                continue;
            }
            FileMeta meta = known.get(path);
            if (meta != null) {
                wanted.put(path, meta);
            } else {
                warnings.add("mode", path, "nothing is known of this directory, so only its owner may enter (0700)");
            }
        }
        for (Map.Entry<RawPath, FileMeta> directory : wanted.descendingMap().entrySet()) {
            if (!directory.getKey().isRoot()) {
                apply(directory.getKey(), directory.getValue(), warnings);
            }
        }
    }

    /** Sets the metadata of the top, after the last change of names in it. */
    void finishTop(HeldDirectory top, TopTime before) {
        FileMeta meta = wanted.get(RawPath.ROOT);
        if (meta != null) {
            policy.apply(top, meta, RawPath.ROOT);
        } else if (!tree.isTouched(RawPath.ROOT)) {
            before.putBack(top);
        }
    }

    private void apply(RawPath path, FileMeta meta, Warnings warnings) throws IOException {
        try (HeldDirectory directory = tree.view().directory(path)) {
            if (tree.isStill(path, directory.stat())) {
                policy.apply(directory, meta, path);
                return;
            }
        } catch (NoSuchFileException e) {
            // Reported below.
        }
        warnings.add("metadata", path, "the directory was moved or replaced meanwhile");
    }
}
