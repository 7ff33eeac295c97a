package io.keepwatch.backup.restore;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.StoreException;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Restores single versions: looks, asks the store, writes, counts. Ends each version exactly once. Any thread. */
final class VersionRestore {
    private static final int TRIES = 2;

    private final String root;
    private final TargetTree tree;
    private final Decider decider;
    private final EntryPlacer placer;
    private final StorageLayout layout;
    private final Executor executor;
    private final Tally tally;
    private final DiskGuard disk;

    VersionRestore(
            String root,
            TargetTree tree,
            Decider decider,
            EntryPlacer placer,
            StorageLayout layout,
            Executor executor,
            Tally tally,
            DiskGuard disk) {
        this.root = root;
        this.tree = tree;
        this.decider = decider;
        this.placer = placer;
        this.layout = layout;
        this.executor = executor;
        this.tally = tally;
        this.disk = disk;
    }

    /** Runs on the executor's thread; {@code placed} gets the inode, if there is one; {@code done} is called at the end. */
    void restore(StoredVersion stored, FileMeta meta, Consumer<FileStat> placed, Runnable done) {
        RawPath path = stored.version().path();
        ending(path, done, () -> {
            Decision decision = decider.decide(tree.view(), path, stored.version(), meta);
            if (decision instanceof Decision.Unchanged unchanged) {
                tally.unchanged(contentBytes(meta));
                placed.accept(unchanged.stat());
            } else if (decision instanceof Decision.Skip skip) {
                tally.skipped(root, path, skip.reason());
            } else if (decision instanceof Decision.Place place
                    && stored.version().hasContent()) {
                fetch(new Fetch(stored, meta, place.replaces(), placed, done), 1);
                return false;
            } else if (decision instanceof Decision.Place place) {
                placed.accept(placer.placeNode(path, meta, place.replaces()));
                tally.restored(0);
            }
            return true;
        });
    }

    /** Whatever happens in the step, the version ends once: here, or where the step has handed it over. */
    private void ending(RawPath path, Runnable done, Step step) {
        boolean ended = true;
        try {
            ended = step.run();
        } catch (IOException | RuntimeException e) {
            failed(path, e);
        } catch (Error e) {
            tally.stop("the restore of \"" + path + "\" ended in " + e);
            throw e;
        } finally {
            if (ended) {
                done.run();
            }
        }
    }

    /** Returns whether the version has ended with it. */
    private interface Step {
        boolean run() throws IOException;
    }

    private record Fetch(
            StoredVersion stored, FileMeta meta, boolean replaces, Consumer<FileStat> placed, Runnable done) {
        RawPath path() {
            return stored.version().path();
        }
    }

    private void fetch(Fetch fetch, int attempt) {
        layout.open(fetch.stored)
                .whenCompleteAsync(
                        (content, error) ->
                                ending(fetch.path(), fetch.done, () -> received(fetch, attempt, content, error)),
                        executor);
    }

    private boolean received(Fetch fetch, int attempt, @Nullable Content content, @Nullable Throwable error)
            throws IOException {
        String reason;
        boolean again;
        if (content == null) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            reason = cause == null ? "the store gave no content" : String.valueOf(cause.getMessage());
            again = !(cause instanceof StoreException.Permanent);
        } else {
            try {
                fetch.placed.accept(placer.placeFile(fetch.path(), fetch.meta, copy(fetch, content), fetch.replaces));
                tally.restored(contentBytes(fetch.meta));
                return true;
            } catch (BrokenContentException e) {
                reason = String.valueOf(e.getMessage());
                again = true;
            }
        }
        if (again && attempt < TRIES) {
            fetch(fetch, attempt + 1);
            return false;
        }
        throw named(fetch, reason);
    }

    private static IOException named(Fetch fetch, String reason) {
        return new IOException(
                "object " + DisplayText.of(fetch.stored.location().text()) + ": " + reason);
    }

    private static VerifiedCopy copy(Fetch fetch, Content content) throws IOException {
        Optional<Sha256> hash = fetch.stored.version().hash();
        return new VerifiedCopy(
                content,
                fetch.meta.stat().sizeBytes(),
                hash.orElseThrow(() -> new IOException("the catalog has no sha256 for it, so it cannot be verified")));
    }

    /** Gives an entry its place as one more name of a leader. Blocks; for the thread that runs the restore. */
    Optional<FileStat> link(RawPath path, FileMeta meta, RawPath leader, FileStat leaderStat) {
        try {
            Decision decision = decider.decideLink(tree.view(), path, meta, leaderStat);
            if (decision instanceof Decision.Place place) {
                FileStat stat = placer.placeHardLink(path, leader, leaderStat, place.replaces());
                tally.restored(0);
                return Optional.of(stat);
            }
            if (decision instanceof Decision.Skip skip) {
                tally.skipped(root, path, skip.reason());
            } else {
                tally.unchanged(0);
            }
        } catch (IOException e) {
            failed(path, e);
        }
        return Optional.empty();
    }

    void failed(RawPath path, Exception cause) {
        if (!disk.isFull(cause)) {
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            tally.failed(root, path, message);
        }
    }

    static long contentBytes(FileMeta meta) {
        return meta.stat().type() == FileType.REGULAR ? meta.stat().sizeBytes() : 0;
    }
}
