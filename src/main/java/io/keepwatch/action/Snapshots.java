package io.keepwatch.action;

import io.keepwatch.unit.ByteSize;
import java.util.concurrent.CompletionStage;

/** Snapshots of logical volumes, for steps. Any thread; returns at once. Fails with an IOException that says why. */
public interface Snapshots {
    /**
     * Makes a snapshot.
     *
     * @param volume as {@code group/volume}
     * @param room what may change of the volume before the snapshot is lost
     */
    CompletionStage<Void> create(String volume, String name, ByteSize room);

    /**
     * Takes a volume back to a snapshot, which is gone then.
     *
     * @param snapshot as {@code group/snapshot}
     * @return whether that waits until the volume is next activated, because it is in use
     */
    CompletionStage<Boolean> merge(String snapshot);
}
