package io.keepwatch.source;

import io.keepwatch.event.FilesSettled;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.file.RawPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changed paths and directories of one root that wait for quiet. */
final class DirtyPaths {
    private final String root;
    private final long quietNanos;
    private final long maxDelayNanos;
    private final int maxCollapsed;
    private final Map<RawPath, Unrest> files = new HashMap<>();
    private final Map<RawPath, Unrest> trees = new HashMap<>();

    /** @param maxCollapsed how many directories may stand for all paths once these are too many */
    DirtyPaths(String root, long quietNanos, long maxDelayNanos, int maxCollapsed) {
        this.root = root;
        this.quietNanos = quietNanos;
        this.maxDelayNanos = maxDelayNanos;
        this.maxCollapsed = maxCollapsed;
    }

    int size() {
        return files.size() + trees.size();
    }

    void addFile(long now, RawPath path) {
        Unrest above = dirtyAtOrAbove(path);
        if (above == null) {
            above = files.computeIfAbsent(path, key -> new Unrest(now, ""));
        }
        above.last = now;
    }

    void addTree(long now, RawPath directory, String reason) {
        Unrest above = dirtyAtOrAbove(directory);
        if (above == null) {
            above = new Unrest(now, reason);
            trees.put(directory, above);
        }
        above.last = now;
    }

    private @Nullable Unrest dirtyAtOrAbove(RawPath path) {
        if (trees.isEmpty()) {
            return null;
        }
        Optional<RawPath> at = Optional.of(path);
        while (at.isPresent()) {
            Unrest tree = trees.get(at.get());
            if (tree != null) {
                return tree;
            }
            at = at.get().parent();
        }
        return null;
    }

    void takeDue(long now, Instant at, List<TreeChanged> dueTrees, List<FilesSettled> dueFiles) {
        absorbNested();
        long horizon = soonestNanos() - now <= 0 ? now + quietNanos / 2 : now;
        trees.entrySet().removeIf(entry -> {
            boolean due = dueNanos(entry.getValue()) - horizon <= 0;
            if (due) {
                dueTrees.add(new TreeChanged(at, root, entry.getKey(), entry.getValue().reason));
            }
            return due;
        });
        List<RawPath> paths = new ArrayList<>();
        files.entrySet().removeIf(entry -> {
            boolean due = dueNanos(entry.getValue()) - horizon <= 0;
            if (due) {
                paths.add(entry.getKey());
            }
            return due;
        });
        if (!paths.isEmpty()) {
            paths.sort(null);
            dueFiles.add(new FilesSettled(at, root, paths));
        }
    }

    /** Done when something is due and not with each change: a new directory must not cost a pass over all paths. */
    private void absorbNested() {
        if (trees.isEmpty()) {
            return;
        }
        for (Iterator<Map.Entry<RawPath, Unrest>> each = trees.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<RawPath, Unrest> entry = each.next();
            Unrest above = entry.getKey().parent().map(this::dirtyAtOrAbove).orElse(null);
            if (above != null) {
                above.add(entry.getValue());
                each.remove();
            }
        }
        files.entrySet().removeIf(entry -> {
            Unrest above = dirtyAtOrAbove(entry.getKey());
            if (above != null) {
                above.add(entry.getValue());
            }
            return above != null;
        });
    }

    /** Too many paths: from here on only directories that hold them all, the deepest that are few. */
    void collapse() {
        Set<RawPath> directories = new HashSet<>(Set.of(RawPath.ROOT));
        for (int depth = 1; ; depth++) {
            Set<RawPath> deeper = ancestorsAt(depth);
            if (deeper.size() > maxCollapsed || deeper.equals(directories)) {
                break;
            }
            directories = deeper;
        }
        Unrest all = new Unrest(0, "more changes at once than are held in memory one by one");
        boolean first = true;
        for (Map<RawPath, Unrest> map : List.of(files, trees)) {
            for (Unrest unrest : map.values()) {
                if (first) {
                    all.first = unrest.first;
                    all.last = unrest.last;
                    first = false;
                }
                all.add(unrest);
            }
        }
        files.clear();
        trees.clear();
        directories.forEach(directory -> trees.put(directory, all.copy()));
    }

    private Set<RawPath> ancestorsAt(int depth) {
        Set<RawPath> directories = new HashSet<>();
        files.keySet().forEach(path -> directories.add(ancestorAt(path.parent().orElse(RawPath.ROOT), depth)));
        trees.keySet().forEach(path -> directories.add(ancestorAt(path, depth)));
        return directories;
    }

    private static RawPath ancestorAt(RawPath directory, int depth) {
        RawPath ancestor = RawPath.ROOT;
        for (byte[] name : directory.segments()) {
            if (depth-- <= 0) {
                break;
            }
            ancestor = ancestor.child(name);
        }
        return ancestor;
    }

    /** When the first of them is due; only called while there are some. */
    long soonestNanos() {
        long soonest = 0;
        boolean first = true;
        for (Map<RawPath, Unrest> map : List.of(files, trees)) {
            for (Unrest unrest : map.values()) {
                long due = dueNanos(unrest);
                soonest = first || due - soonest < 0 ? due : soonest;
                first = false;
            }
        }
        return soonest;
    }

    private long dueNanos(Unrest unrest) {
        long quiet = unrest.last + quietNanos;
        long latest = unrest.first + maxDelayNanos;
        return latest - quiet < 0 ? latest : quiet;
    }

    /** The times of the first and the last change that was not yet told. */
    private static final class Unrest {
        private long first;
        private long last;
        private final String reason;

        Unrest(long now, String reason) {
            this.first = now;
            this.last = now;
            this.reason = reason;
        }

        void add(Unrest other) {
            first = other.first - first < 0 ? other.first : first;
            last = other.last - last > 0 ? other.last : last;
        }

        Unrest copy() {
            Unrest copy = new Unrest(first, reason);
            copy.last = last;
            return copy;
        }
    }
}
