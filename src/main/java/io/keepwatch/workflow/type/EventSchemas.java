package io.keepwatch.workflow.type;

import static io.keepwatch.workflow.type.Field.number;
import static io.keepwatch.workflow.type.Field.text;
import static io.keepwatch.workflow.type.Field.texts;
import static io.keepwatch.workflow.type.Field.truth;
import static io.keepwatch.workflow.type.Field.whole;

import java.util.List;
import java.util.stream.Stream;

/** Every event type of the program. A new one is one entry here; whoever publishes it fills these fields. */
final class EventSchemas {
    private static final List<EventType> OWN = List.of(
            EventType.of(
                    "approval.asked",
                    "the rule",
                    text("run", "its id"),
                    text("step", "that waits for an answer"),
                    text("question", "what is asked")),
            EventType.of(
                    "backup.completed",
                    "\"backup\"",
                    whole("flush", "the number of the flush"),
                    whole("versions", "file versions made durable"),
                    whole("deletions", "of these, deletions"),
                    whole("uploaded_bytes", "sent to the store"),
                    number("latency_seconds", "from the oldest change in it to its commit")),
            EventType.of(
                    "backup.failed",
                    "\"backup\"",
                    text("problem", "of the first version refused"),
                    whole("versions", "refused, to be tried again")),
            EventType.of(
                    "backup.lag",
                    "\"backup\"",
                    number("lag_seconds", "the age of the oldest change that is not durable; 0 when all is"),
                    whole("pending", "changes that wait"),
                    whole("pending_bytes", "their size")),
            EventType.of(
                    "database.not_copied",
                    "the path",
                    text("root", "the name of the root"),
                    text("path", "absolute"),
                    text("reason", "a sentence")),
            EventType.of(
                    "drill.completed",
                    "\"drill\"",
                    whole("files", "read back and compared"),
                    whole("bytes", "of these files"),
                    whole("wrong", "that could not be read or have other bytes"),
                    text("problem", "of the first; empty when all are good")),
            EventType.of(
                    "delivery.given_up",
                    "the target, such as webhooks.ops",
                    text("problem", "of the last attempt"),
                    whole("attempts", "how often it was tried")),
            EventType.of(
                    "file.changed",
                    "the directory all paths are in",
                    text("root", "the name of the root"),
                    texts("paths", "absolute, each once; a directory that is gone stands for all in it"),
                    whole("count", "how many")),
            EventType.of(
                    "file.skipped",
                    "the path",
                    text("root", "the name of the root"),
                    text("path", "absolute"),
                    text("reason", "a sentence")),
            EventType.of(
                    "maintenance.completed",
                    "\"maintenance\"",
                    whole("versions", "that retention did not keep"),
                    whole("bytes", "of their contents"),
                    whole("objects", "deleted from the bucket"),
                    text("problem", "why a part was left; empty otherwise")),
            EventType.of("probe.failed", "the probe", text("problem", "a sentence")),
            EventType.of(
                    "raid.degraded",
                    "the array",
                    text("array", "the same"),
                    text("state", "in the words of its driver"),
                    text("detail", "a sentence")),
            EventType.of(
                    "reconcile.completed",
                    "the name of the root",
                    text("directory", "beneath the root; empty for all of it"),
                    whole("directories", "compared"),
                    whole("files", "compared"),
                    whole("changes", "found"),
                    number("took_seconds", "the time it took")),
            EventType.of("root.appeared", "the name of the root", text("path", "of the root")),
            EventType.of("root.missing", "the name of the root", text("path", "of the root")),
            EventType.of(
                    "root.state",
                    "the name of the root",
                    truth("present", "false while it is missing"),
                    text("path", "of the root")),
            EventType.of("store.reachable", "\"store\"", number("outage_seconds", "how long it could not be reached")),
            EventType.of(
                    "store.unreachable",
                    "\"store\"",
                    text("problem", "what the store or the network said"),
                    truth("person_must_act", "a setting is wrong, waiting will not help")),
            EventType.of(
                    "store.state",
                    "\"store\"",
                    truth("reachable", "whether the store takes objects"),
                    text("problem", "empty while it is reachable"),
                    truth("person_must_act", "a setting is wrong, waiting will not help")),
            EventType.of(
                    "watch.degraded",
                    "the name of the root",
                    text("problem", "why the kernel does not tell of every change"),
                    text("remedy", "the setting to change")),
            EventType.of(
                    "threshold.crossed",
                    "what was measured: a mount point, a disk, an interface; empty for the host",
                    text("topic", "the probe, such as disk.usage"),
                    text("threshold", "which of its thresholds"),
                    text("before", "ok, warning or critical"),
                    text("severity", "ok, warning or critical, from now on"),
                    text("reading", "the name of the value"),
                    number("value", "in the unit that the reading's name tells"),
                    text("detail", "a sentence")),
            EventType.of(
                    "target.disabled",
                    "the target, such as webhooks.ops",
                    text("problem", "its answer, by which it wants no messages any more")),
            EventType.of(
                    "tree.changed",
                    "the name of the root",
                    text("directory", "beneath the root, that is compared now; empty for all of it"),
                    text("reason", "why notifications do not do")),
            EventType.of("watch.restored", "the name of the root"),
            EventType.of(
                    "watch.state",
                    "the name of the root",
                    truth("complete", "whether the kernel tells of every change"),
                    text("problem", "empty while it is complete"),
                    text("remedy", "the setting to change")),
            EventType.of(
                    "rules.rejected",
                    "the folder of the rules",
                    text("file", "the first file with a mistake"),
                    whole("line", "of the first mistake"),
                    whole("column", "of the first mistake"),
                    text("problem", "the first mistake"),
                    whole("problems", "how many")),
            EventType.of("rule.failing", "the rule", text("problem", "of the last of ten errors in a row")),
            EventType.of(
                    "rule.tripped",
                    "the rule",
                    text("key", "whose runs were too many"),
                    whole("runs", "in the last hour")),
            EventType.of(
                    "run.finished",
                    "the rule",
                    text("run", "its id"),
                    text("status", "succeeded, failed, uncertain or cancelled"),
                    text("problem", "empty when it succeeded")));

    static final List<EventType> ALL = Stream.concat(
                    OWN.stream(), HostSchemas.ALL.stream().map(HostSchema::type))
            .toList();

    private EventSchemas() {}
}
