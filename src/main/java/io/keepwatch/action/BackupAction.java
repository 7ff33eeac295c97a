package io.keepwatch.action;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code backup}: paths go in front of the queue, and into the bucket before the step ends when it says so; or as a snapshot
 * shows them.
 */
final class BackupAction implements Action<Verb.Backup> {
    private final Backups backups;

    BackupAction(Backups backups) {
        this.backups = backups;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task, Verb.Backup verb) throws ExpressionException {
        boolean high = StepValues.text(task, "priority").filter("high"::equals).isPresent();
        Backups.Request request = new Backups.Request(
                StepValues.paths(verb.paths(), task), high, StepValues.isTrue(task, "wait"), snapshot(task));
        return backups.backup(request)
                .thenApply(done -> Outcome.succeeded(Map.of(
                        "changes",
                        (long) done.changes(),
                        "snapshot_at",
                        done.snapshotAt().map(Instant::toString).orElse(""))));
    }

    private static Optional<Backups.FromSnapshot> snapshot(Task task) {
        String from = StepValues.text(task, "from").orElse("files");
        return switch (from) {
            case "snapshot" -> Optional.of(new Backups.FromSnapshot(StepValues.size(task, "size")));
            case "files" -> Optional.empty();
            default -> throw new IllegalArgumentException("from: \"" + from + "\" is not one of files, snapshot");
        };
    }
}
