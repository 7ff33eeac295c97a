package io.keepwatch.snapshot;

import io.keepwatch.file.FileStat;
import io.keepwatch.probe.linux.MountLine;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A way to keep the state of one moment while a file system goes on. Calls block; one thread at a time. */
interface SnapshotKind {
    /** Never changes: records that were left behind name it. */
    String name();

    /** Whether it is for what is mounted here. */
    boolean fits(MountLine mount) throws IOException;

    /** Says what {@link #make} would make, without making anything. Throws where it cannot be, and says what to do. */
    Snapshot plan(MountLine mount, Path realPath, String name) throws IOException;

    /**
     * Makes it, so that it can be read at its place. Throws with the words of the program that refused; then something may be
     * left that {@link #remove} removes.
     *
     * @param room what may change meanwhile, where that must be set aside
     */
    void make(Snapshot snapshot, Optional<ByteSize> room) throws IOException;

    /** Removes it, or what there is of it; nothing is no error. */
    void remove(Snapshot snapshot) throws IOException;

    /** Whether this directory stands in a snapshot for another file system, of which it holds nothing. */
    default boolean leavesOut(FileStat directory) {
        return false;
    }
}
