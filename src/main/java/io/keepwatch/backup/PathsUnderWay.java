package io.keepwatch.backup;

import io.keepwatch.file.RawPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which paths a flush is busy with: each is stored by one flush at a time, an older state before a newer one. While a
 * snapshot is stored, its paths are held, so that no flush stores a newer state first. Any thread.
 */
final class PathsUnderWay {
    private final Set<WatchedRoots.Located> busy = new HashSet<>();
    private List<WatchedRoots.Located> held = List.of();
    private CompletableFuture<Void> free = CompletableFuture.completedFuture(null);

    /** False where another flush is busy with the path, or it is held. */
    synchronized boolean begin(WatchedRoots.Located path) {
        return held.stream().noneMatch(one -> concern(one, path)) && busy.add(path);
    }

    void end(WatchedRoots.Located path) {
        ended(path).complete(null);
    }

    private synchronized CompletableFuture<Void> ended(WatchedRoots.Located path) {
        busy.remove(path);
        return isFree() ? free : new CompletableFuture<>();
    }

    /**
     * Lets no flush begin with these paths, what is beneath them and the directories above them. Completes when no flush is
     * busy with any of that.
     */
    synchronized CompletionStage<Void> hold(List<WatchedRoots.Located> paths) {
        if (!held.isEmpty()) {
            throw new IllegalStateException("paths are held already");
        }
        held = List.copyOf(paths);
        free = isFree() ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        return free;
    }

    synchronized void letGo() {
        held = List.of();
    }

    synchronized boolean isEmpty() {
        return busy.isEmpty() && held.isEmpty();
    }

    private boolean isFree() {
        return busy.stream().noneMatch(path -> held.stream().anyMatch(one -> concern(one, path)));
    }

    private static boolean concern(WatchedRoots.Located one, WatchedRoots.Located other) {
        RawPath path = other.path();
        return one.root().equals(other.root())
                && (path.isWithin(one.path()) || one.path().isWithin(path));
    }
}
