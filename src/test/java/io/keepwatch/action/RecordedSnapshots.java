package io.keepwatch.action;

import io.keepwatch.unit.ByteSize;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down what was asked; every merge has to wait. */
record RecordedSnapshots(List<String> asked) implements Snapshots {
    @Override
    public CompletionStage<Void> create(String volume, String name, ByteSize room) {
        asked.add("create " + volume + " " + name + " " + room);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> merge(String snapshot) {
        asked.add("merge " + snapshot);
        return CompletableFuture.completedFuture(true);
    }
}
