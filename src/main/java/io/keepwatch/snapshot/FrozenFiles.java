package io.keepwatch.snapshot;

import io.keepwatch.file.FileStat;
import java.nio.file.Path;

/** Files as they are in a snapshot, until it is closed, which removes the snapshot. Any thread. */
public final class FrozenFiles implements AutoCloseable {
    private final Snapshot snapshot;
    private final SnapshotKind kind;
    private final Runnable removal;

    FrozenFiles(Snapshot snapshot, SnapshotKind kind, Runnable removal) {
        this.snapshot = snapshot;
        this.kind = kind;
        this.removal = removal;
    }

    /** Where the state of a path is read: one of those the snapshot was made for, or one beneath them. */
    public Path of(Path realPath) {
        return snapshot.place().resolve(snapshot.top().relativize(realPath));
    }

    /** Whether a directory with this stat in the snapshot stands for a subvolume, of which the snapshot holds nothing. */
    public boolean leavesOut(FileStat directory) {
        return kind.leavesOut(directory);
    }

    /** Blocks. What cannot be removed is told in the log, and tried again before the next snapshot and at the next start. */
    @Override
    public void close() {
        removal.run();
    }
}
