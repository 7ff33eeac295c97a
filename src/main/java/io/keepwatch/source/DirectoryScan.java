package io.keepwatch.source;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the entries of one directory. The directory is checked to be the one its parent listed before anything of it
 * is told, so a directory that was swapped for a link or another file system says nothing.
 */
final class DirectoryScan {
    private final Comparison comparison;
    private final DirectoryVisit directory;
    private final Map<Bytes, KnownFile> missing = new HashMap<>();
    private final List<ObservedFile> found = new ArrayList<>();
    private final List<DirectoryVisit> children = new ArrayList<>();

    DirectoryScan(Comparison comparison, DirectoryVisit directory) {
        this.comparison = comparison;
        this.directory = directory;
    }

    /** Returns the directories to enter next. Blocks. */
    List<DirectoryVisit> run() {
        ReconcileReport report = comparison.report();
        if (!report.isStill(directory)) {
            return List.of();
        }
        comparison.files().children(directory.path()).forEach(file -> missing.put(file.name(), file));
        boolean isCache = comparison.filter().isCache(directory.path());
        try {
            boolean complete = compareEntries(isCache);
            if (tellFound() && complete && !isCache) {
                missing.values().forEach(this::tellGone);
            }
        } catch (NoSuchFileException e) {
            // Deleted since its parent was listed: a notification or the next comparison tells.
            tellFound();
        } catch (IOException e) {
            tellFound();
            report.problem(directory.path(), "the directory cannot be read: " + ProblemText.of(e));
        }
        report.directories.incrementAndGet();
        return children;
    }

    private boolean compareEntries(boolean isCache) throws IOException {
        Path path = directory.path().under(comparison.root());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (comparison.progress().isCancelled()) {
                    return false;
                }
                byte[] name = RawPath.between(path, entry).bytes();
                Optional<KnownFile> known = Optional.ofNullable(missing.remove(Bytes.of(name)));
                if (!isCache || CacheTag.isName(name)) {
                    compareEntry(directory.path().child(name), known);
                }
                if (found.size() >= ReconcileReport.BATCH && !tellFound()) {
                    return false;
                }
            }
            return true;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void compareEntry(RawPath path, Optional<KnownFile> known) {
        try {
            comparison.compare(path, directory, known, found::add).ifPresent(children::add);
        } catch (NoSuchFileException e) {
            // Deleted since it was listed: a notification or the next comparison tells.
        }
    }

    private boolean tellFound() {
        boolean trustworthy = comparison.report().isStill(directory);
        if (trustworthy) {
            comparison.report().changed(found);
        } else {
            children.clear();
        }
        found.clear();
        return trustworthy;
    }

    private void tellGone(KnownFile file) {
        RawPath path = directory.path().child(file.name().toArray());
        comparison.report().gone(path, file.stat().type() == FileType.DIRECTORY, directory);
    }
}
