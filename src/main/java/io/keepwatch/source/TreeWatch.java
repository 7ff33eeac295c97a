package io.keepwatch.source;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeEvent.EventType;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.helpers.NOPLogger;

/**
 * One registration of a root's directories with the kernel, from start to close. The library never delivers an overflow
 * (it ends in an exception) and forgets new directories with it, so every exception makes this watch incomplete.
 */
final class TreeWatch implements DirectoryChangeListener, AutoCloseable {
    private final Path root;
    private final FileStat rootStat;
    private final boolean excludeCaches;
    private final PathFilter filter;
    private final WatchSignals signals;
    private final WatchedDirectories directories;
    private final DirectoryWatcher watcher;
    private volatile boolean closed;
    private volatile boolean incomplete;
    private volatile boolean registered;
    private volatile boolean ended;

    /** Throws IOException when the kernel gives no watcher, most often for its limit on instances. */
    TreeWatch(RootOptions options, RootState.Present state, WatchSignals signals) throws IOException {
        this.root = state.realPath();
        this.rootStat = state.stat();
        this.excludeCaches = options.excludeCaches();
        this.filter = new PathFilter(options, root);
        this.signals = signals;
        this.directories =
                new WatchedDirectories(root, rootStat.device(), filter, this::tellUnwatched, this::markIncomplete);
        this.watcher = DirectoryWatcher.builder()
                .path(root)
                .fileHashing(false)
                .fileTreeVisitor(directories)
                .listener(this)
                // It logs every path as it is, and a name may hold control characters.
                .logger(NOPLogger.NOP_LOGGER)
                .build();
    }

    /** Registers every directory, which takes seconds for thousands, and then returns. */
    void start(String threadName) throws IOException {
        CompletableFuture<Void> loop = watcher.watchAsync(task -> {
            Thread thread = new Thread(() -> runUntilOver(task), threadName);
            thread.setDaemon(true);
            thread.start();
        });
        if (loop.isCompletedExceptionally() && !closed) {
            // The future of a walk that ended in an exception; a limit on watches does not get here.
            throw new IOException("the watch of " + root + " ended at once: " + reason(loop));
        }
        if (!directories.watches(root) && directories.unwatchedCount() == 0) {
            throw new NoSuchFileException(root.toString());
        }
        registered = true;
    }

    private void runUntilOver(Runnable loop) {
        loop.run();
        ended = true;
        if (!closed) {
            signals.ended();
        }
    }

    /** While directories are being registered their number grows by the thousand; whoever started it asks at the end. */
    private void tellUnwatched(long count) {
        if (registered) {
            signals.unwatched(count);
        }
    }

    private static String reason(CompletableFuture<Void> failed) {
        return failed.handle((nothing, e) -> String.valueOf(e)).join();
    }

    /** Whether the root is still the directory that is watched. */
    boolean isOf(RootState.Present state) {
        return root.equals(state.realPath()) && RootState.sameFile(rootStat, state.stat());
    }

    /** Whether every directory that may have a watch has one, and nothing was lost since. */
    boolean isStanding() {
        return registered && !incomplete && !ended;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    boolean isEnded() {
        return ended;
    }

    long watched() {
        return directories.count();
    }

    long unwatched() {
        return directories.unwatchedCount();
    }

    @Override
    public void onEvent(DirectoryChangeEvent event) {
        if (event.eventType() == EventType.OVERFLOW) {
            markIncomplete("the kernel's queue of notifications overflowed");
            return;
        }
        RawPath path = RawPath.between(root, event.path());
        if (event.eventType() == EventType.DELETE) {
            directories.removed(event.path());
        }
        if (directories.isUnreadable(event.path())) {
            markIncomplete("the permissions of the directory \"" + path + "\" may have changed");
        }
        if (excludeCaches && CacheTag.isName(path.name())) {
            signals.treeChanged(path.parent().orElse(RawPath.ROOT), "its cache tag changed");
            markIncomplete("the cache tag \"" + path + "\" changed");
        }
        if (event.isDirectory() && event.eventType() == EventType.CREATE) {
            signals.treeChanged(path, "the directory is new");
        } else if (filter.judgeName(path, event.isDirectory()) == Verdict.INCLUDED) {
            signals.changed(path);
        }
    }

    @Override
    public void onException(Exception e) {
        if (!closed) {
            markIncomplete("notifications were lost: " + e);
        }
    }

    private void markIncomplete(String reason) {
        incomplete = true;
        signals.incomplete(reason);
    }

    /** Returns soon, also while directories are being registered. */
    @Override
    public void close() throws IOException {
        closed = true;
        directories.close();
        watcher.close();
    }
}
