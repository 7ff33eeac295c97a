package io.keepwatch.workflow.trial;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a step answers in a test: success, unless the test says otherwise. */
final class MockAnswer {
    private MockAnswer() {}

    static Outcome of(Task task, Map<String, Object> mock) {
        Map<String, Object> fields = new LinkedHashMap<>(usual(task));
        fields.putAll(mock);
        boolean failedProgram = fields.get("exit_code") instanceof Long code && code != 0;
        boolean failed = failedProgram || "failed".equals(mock.get("status"));
        String error = String.valueOf(
                mock.getOrDefault("error", failedProgram ? "exit code " + fields.get("exit_code") : "failed"));
        return failed ? Outcome.failed(error, fields) : Outcome.succeeded(fields);
    }

    static Map<String, Object> data(Task task, Verb.Emit emit) {
        try {
            return emit.data().evaluate(task.values());
        } catch (ExpressionException e) {
            return Map.of();
        }
    }

    /** The name is that in the group of the volume. */
    private static String snapshot(Task task) {
        String volume = String.valueOf(task.with().getOrDefault("volume", ""));
        return volume.substring(0, volume.indexOf('/') + 1) + task.with().getOrDefault("name", "");
    }

    private static Map<String, Object> usual(Task task) {
        Verb verb = task.step().verb();
        if (verb instanceof Verb.Run) {
            return Map.of("exit_code", 0L, "stdout", "", "stderr", "", "seconds", 0.0);
        } else if (verb instanceof Verb.Webhook || verb instanceof Verb.Notify) {
            return Map.of("status_code", 200L);
        } else if (verb instanceof Verb.Backup) {
            return Map.of(
                    "changes",
                    0L,
                    "snapshot_at",
                    "snapshot".equals(task.with().get("from"))
                            ? task.run().event().time().toString()
                            : "");
        } else if (verb instanceof Verb.Restore) {
            return Map.of("files", 0L);
        } else if (verb instanceof Verb.Probe) {
            return Map.of(
                    "subject",
                    task.run().event().subject(),
                    "data",
                    task.run().event().data());
        } else if (verb instanceof Verb.Lvm) {
            return Map.of("snapshot", snapshot(task), "deferred", false);
        } else if (verb instanceof Verb.Emit) {
            return Map.of("event", task.idempotencyKey());
        }
        return Map.of();
    }
}
