package io.keepwatch.action;

import io.keepwatch.unit.DurationText;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code restore}: paths come back, as they are now in the backup or as they were. */
final class RestoreAction implements Action<Verb.Restore> {
    private final Restores restores;
    private final StopSigns signs;
    private final Clock clock;

    RestoreAction(Restores restores, StopSigns signs, Clock clock) {
        this.restores = restores;
        this.signs = signs;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task, Verb.Restore verb) throws ExpressionException {
        Optional<String> to = StepValues.text(task, "to");
        to.filter(folder -> !folder.startsWith("/")).ifPresent(folder -> {
            throw new IllegalArgumentException("to: \"" + folder + "\" is not an absolute path");
        });
        Restores.Request request = new Restores.Request(
                StepValues.paths(verb.paths(), task), to, at(task), StepValues.isTrue(task, "overwrite"));
        return signs.during(task, cancelled -> restores.restore(request, cancelled))
                .thenApply(files -> Outcome.succeeded(Map.of("files", (long) files)));
    }

    private Optional<Instant> at(Task task) {
        return Optional.ofNullable(task.with().get("at"))
                .map(value -> value instanceof Instant time ? time : parse(String.valueOf(value)));
    }

    private Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            try {
                return clock.instant().minus(DurationText.parse(text));
            } catch (IllegalArgumentException notADuration) {
                throw new IllegalArgumentException(
                        "at: \"" + text + "\" is not a time; write 2026-11-24T03:00:00Z or 2h (ago)", notADuration);
            }
        }
    }
}
