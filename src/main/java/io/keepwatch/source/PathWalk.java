package io.keepwatch.source;

import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes from the root down to single paths and compares every part of them: the notification of a file is the only sign
 * of its parents' new times, and a parent that is a link now must not be followed. One thread.
 */
final class PathWalk {
    private final Comparison comparison;
    private final DirectoryVisit root;
    private final Map<RawPath, Optional<DirectoryVisit>> compared = new HashMap<>();
    private final List<DirectoryVisit> newDirectories = new ArrayList<>();

    PathWalk(Comparison comparison, DirectoryVisit root) {
        this.comparison = comparison;
        this.root = root;
    }

    /** Directories met on the way that are not on record: all that is beneath them must be compared. */
    List<DirectoryVisit> newDirectories() {
        return newDirectories;
    }

    /** Compares a path and its parents, each once; returns it when it is a directory to enter. Blocks. */
    Optional<DirectoryVisit> descend(RawPath path) {
        Optional<RawPath> parent = path.parent();
        if (parent.isEmpty()) {
            return Optional.of(root);
        }
        Optional<DirectoryVisit> before = compared.get(path);
        if (before != null) {
            return before;
        }
        Optional<DirectoryVisit> result = descend(parent.get()).flatMap(directory -> compare(path, directory));
        compared.put(path, result);
        result.filter(directory -> !directory.onRecord()).ifPresent(newDirectories::add);
        return result;
    }

    private Optional<DirectoryVisit> compare(RawPath path, DirectoryVisit parent) {
        boolean comparedLater = !parent.onRecord();
        if (comparedLater || (comparison.filter().isCache(parent.path()) && !CacheTag.isName(path.name()))) {
            return Optional.empty();
        }
        Optional<KnownFile> known = comparison.files().known(path);
        List<ObservedFile> found = new ArrayList<>(1);
        try {
            Optional<DirectoryVisit> result = comparison.compare(path, parent, known, found::add);
            boolean trustworthy = comparison.report().isStill(parent);
            if (trustworthy) {
                comparison.report().changed(found);
            }
            return result.filter(directory -> trustworthy);
        } catch (NoSuchFileException e) {
            known.ifPresent(file -> comparison.report().gone(path, file.stat().type() == FileType.DIRECTORY, parent));
            return Optional.empty();
        }
    }
}
