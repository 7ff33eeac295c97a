package io.keepwatch.daemon;

import io.keepwatch.action.Snapshots;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.LvmSnapshots;
import io.keepwatch.unit.ByteSize;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Snapshots for steps of rules, by the same code as {@code keepwatch lvm}, one after the other. */
final class RuleSnapshots implements Snapshots {
    private final LvmSnapshots volumes;
    private final Executor thread;

    RuleSnapshots(LvmSnapshots volumes, Executor thread) {
        this.volumes = volumes;
        this.thread = thread;
    }

    /** @param thread on which LVM is waited for */
    static RuleSnapshots ofThisHost(Executor thread) {
        return new RuleSnapshots(new LvmSnapshots(ToolRunner.ofThisHost()), thread);
    }

    @Override
    public CompletionStage<Void> create(String volume, String name, ByteSize room) {
        return onThread(() -> {
                    volumes.create(volume, name, room);
                    return true;
                })
                .thenAccept(made -> {});
    }

    @Override
    public CompletionStage<Boolean> merge(String snapshot) {
        return onThread(() -> volumes.merge(snapshot));
    }

    private CompletableFuture<Boolean> onThread(Callable<Boolean> work) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
