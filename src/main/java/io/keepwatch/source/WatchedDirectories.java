package io.keepwatch.source;

import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the library which directories to watch: none that is excluded or on another file system. It takes every failure
 * on itself, because an exception would end the library's walk and leave the rest of the tree unwatched in silence.
 */
final class WatchedDirectories implements FileTreeVisitor {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedDirectories.class);

    private final Path root;
    private final long rootDevice;
    private final PathFilter filter;
    private final LongConsumer onUnwatched;
    private final Consumer<String> onLoss;
    private final Set<Path> watched = ConcurrentHashMap.newKeySet();
    private final Set<Path> unwatched = ConcurrentHashMap.newKeySet();
    private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param onUnwatched told how many directories met the limit on watches, each time their number has doubled
     * @param onLoss told why directories were left out that another registration would find
     */
    WatchedDirectories(
            Path root, long rootDevice, PathFilter filter, LongConsumer onUnwatched, Consumer<String> onLoss) {
        this.root = root;
        this.rootDevice = rootDevice;
        this.filter = filter;
        this.onUnwatched = onUnwatched;
        this.onLoss = onLoss;
    }

    /** Called to register directories and again to tell of new ones; files need no telling, their directory is compared. */
    @Override
    public void recursiveVisitFiles(Path start, Callback onDirectory, Callback onFile) throws IOException {
        boolean inCache = !start.equals(root)
                && RawPath.between(root, start).parent().map(filter::isCache).orElse(false);
        if (!inCache) {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return visit(directory, onDirectory);
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    noteFailure(file, e);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    private FileVisitResult visit(Path directory, Callback onDirectory) {
        if (closed) {
            return FileVisitResult.TERMINATE;
        }
        RawPath path = RawPath.between(root, directory);
        try {
            if (filter.judgeName(path, true) != Verdict.INCLUDED
                    || !filter.entersDevice(StatReader.lstat(directory).device(), rootDevice)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            onDirectory.call(directory);
            if (!unwatched.contains(directory)) {
                watched.add(directory);
            }
            return filter.isCache(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        } catch (IOException e) {
            watched.remove(directory);
            noteFailure(directory, e);
            return FileVisitResult.CONTINUE;
        }
    }

    private void noteFailure(Path directory, IOException e) {
        if (WatchLimit.isReached(e)) {
            unwatched.add(directory);
            if (Long.bitCount(unwatched.size()) == 1) {
                onUnwatched.accept(unwatched.size());
            }
        } else if (WatchLimit.isOnOpenFiles(e)) {
            onLoss.accept("the process has too many open files to look into every directory");
        } else if (!(e instanceof NoSuchFileException) && !(e instanceof NotDirectoryException)) {
            // Nothing beneath it can be backed up either; the comparison tells of it.
            unreadable.add(directory);
            LOG.debug("not watched: {}: {}", RawPath.between(root, directory), ProblemText.of(e));
        }
    }

    void removed(Path path) {
        watched.remove(path);
        unwatched.remove(path);
    }

    /** Whether this directory could not be opened; its permissions may have changed with an event of it. */
    boolean isUnreadable(Path path) {
        return unreadable.contains(path);
    }

    long count() {
        return watched.size();
    }

    long unwatchedCount() {
        return unwatched.size();
    }

    boolean watches(Path path) {
        return watched.contains(path);
    }

    /** Ends a walk that is under way. */
    void close() {
        closed = true;
    }
}
