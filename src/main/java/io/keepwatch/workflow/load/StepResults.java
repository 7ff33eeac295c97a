package io.keepwatch.workflow.load;

import io.keepwatch.workflow.expr.Names.StepFields;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code steps.<id>} holds after a step, by its verb. */
final class StepResults {
    private static final List<Field> ALL = List.of(
            Field.text("status", "succeeded, failed, skipped or uncertain"),
            Field.text("error", "empty when it did not fail"),
            Field.whole("attempts", "how often it was tried"));

    private static final Map<String, List<Field>> OWN = Map.of(
            "run",
                    List.of(
                            Field.whole("exit_code", "128 and the number of the signal where one ended it"),
                            Field.text("stdout", "the first and the last 64 KiB"),
                            Field.text("stderr", "the first and the last 64 KiB"),
                            Field.number("seconds", "how long it ran")),
            "webhook",
                    List.of(
                            Field.whole("status_code", "of the first answer; 0 where there was none"),
                            Field.truth("delivered", "whether it arrived at the first attempt")),
            "notify",
                    List.of(
                            Field.whole("status_code", "of the first answer; 0 where there was none"),
                            Field.truth("delivered", "whether it arrived at the first attempt")),
            "backup",
                    List.of(
                            Field.whole("changes", "found and put in front of the queue"),
                            Field.text("snapshot_at", "the time of the snapshot, empty without one")),
            "restore", List.of(Field.whole("files", "that were brought back")),
            "probe", List.of(Field.text("subject", "what was measured")),
            "lvm",
                    List.of(
                            Field.text("snapshot", "the snapshot, as group/name"),
                            Field.truth(
                                    "deferred",
                                    "whether a merge begins only when the volume is next activated, because it is in use")),
            "emit", List.of(Field.text("event", "the id of the event")),
            "approve",
                    List.of(
                            Field.truth("approved", "the answer"),
                            Field.text("by", "who gave it; empty for the default")),
            "foreach", List.of(Field.whole("count", "how many items there were")));

    private StepResults() {}

    static StepFields of(String verb, Optional<EventType> probed) {
        List<Field> fields = new ArrayList<>(ALL);
        fields.addAll(OWN.getOrDefault(verb, List.of()));
        return new StepFields(fields, probed);
    }

    /** The names that a test may give as the answer of a step. */
    static List<String> names(String verb) {
        List<String> names = new ArrayList<>(
                of(verb, Optional.empty()).fields().stream().map(Field::name).toList());
        if (verb.equals("probe")) {
            names.add("data");
        }
        return names;
    }
}
