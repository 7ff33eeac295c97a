package io.keepwatch.action;

import io.keepwatch.unit.ByteSize;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.Verb;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code lvm}: a snapshot of a logical volume, or the way back to one. */
final class LvmAction implements Action<Verb.Lvm> {
    private final Snapshots snapshots;

    LvmAction(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task, Verb.Lvm verb) {
        String volume = needed(task, "volume");
        String name = needed(task, "name");
        int slash = volume.indexOf('/');
        if (slash <= 0) {
            throw new IllegalArgumentException(
                    "volume: \"" + volume + "\" is not a volume; write group/volume, for example vg0/root");
        }
        String snapshot = volume.substring(0, slash + 1) + name;
        return switch (verb.work()) {
            case SNAPSHOT -> snapshots.create(volume, name, size(task)).thenApply(done -> outcome(snapshot, false));
            case MERGE -> snapshots.merge(snapshot).thenApply(deferred -> outcome(snapshot, deferred));
        };
    }

    private static Outcome outcome(String snapshot, boolean deferred) {
        return Outcome.succeeded(Map.of("snapshot", snapshot, "deferred", deferred));
    }

    private static ByteSize size(Task task) {
        return StepValues.size(task, "size").orElseThrow(() -> empty("size"));
    }

    private static String needed(Task task, String name) {
        return StepValues.text(task, name).orElseThrow(() -> empty(name));
    }

    private static IllegalArgumentException empty(String name) {
        return new IllegalArgumentException(name + ": this step needs one, but it is empty");
    }
}
