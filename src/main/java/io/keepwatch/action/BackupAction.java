package io.keepwatch.action;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code backup}: paths go in front of the queue, and into the bucket before the step ends when it says so. */
final class BackupAction implements Action<Verb.Backup> {
    private final Backups backups;

    BackupAction(Backups backups) {
        this.backups = backups;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task, Verb.Backup verb) throws ExpressionException {
        boolean high = StepValues.text(task, "priority").filter("high"::equals).isPresent();
        Backups.Request request =
                new Backups.Request(StepValues.paths(verb.paths(), task), high, StepValues.isTrue(task, "wait"));
        return backups.backup(request).thenApply(changes -> Outcome.succeeded(Map.of("changes", (long) changes)));
    }
}
