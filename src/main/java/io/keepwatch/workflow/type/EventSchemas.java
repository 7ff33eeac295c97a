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
                    "delivery.given_up",
                    "the target, such as webhooks.ops",
                    text("problem", "of the last attempt"),
                    whole("attempts", "how often it was tried")),
            EventType.of(
                    "file.changed",
                    "the directory all paths are in",
                    text("root", "the name of the root"),
                    texts("paths", "absolute, each once"),
                    whole("count", "how many")),
            EventType.of(
                    "file.skipped",
                    "the path",
                    text("root", "the name of the root"),
                    text("path", "absolute"),
                    text("reason", "a sentence")),
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
                    "target.disabled",
                    "the target, such as webhooks.ops",
                    text("problem", "its answer, by which it wants no messages any more")),
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

    private static final List<EventType> HOST = List.of(
            EventType.of(
                    "disk.usage",
                    "the mount point",
                    number("used_percent", "of what users can use"),
                    whole("used_bytes", ""),
                    whole("free_bytes", "that users can use"),
                    whole("total_bytes", ""),
                    text("device", ""),
                    text("file_system", "its type"),
                    number("full_in_seconds", "by its growth; absent when it does not grow")),
            EventType.of(
                    "inode.usage",
                    "the mount point",
                    number("used_percent", ""),
                    whole("used", ""),
                    whole("free", ""),
                    whole("total", "")),
            EventType.of(
                    "raid.state",
                    "the array",
                    text("level", ""),
                    text("state", ""),
                    truth("degraded", "a check or a reshape is not degradation"),
                    texts("failed_members", ""),
                    number("recovery_percent", "absent when none is under way"),
                    whole("mismatches", "found by the last check")),
            EventType.of(
                    "raid.degraded", "the array", text("array", ""), text("state", ""), texts("failed_members", "")),
            EventType.of(
                    "smart.attributes",
                    "the disk",
                    truth("failed", "the disk's own verdict"),
                    text("model", ""),
                    text("serial", ""),
                    whole("reallocated_sectors", ""),
                    whole("pending_sectors", ""),
                    whole("offline_uncorrectable", ""),
                    whole("media_errors", "of NVMe"),
                    number("percentage_used", "of NVMe; may exceed 100"),
                    number("available_spare_percent", "of NVMe"),
                    number("temperature_celsius", ""),
                    whole("power_on_hours", "")),
            EventType.of(
                    "hardware.sensor",
                    "the sensor",
                    text("chip", ""),
                    text("kind", "temperature, fan, voltage, power, memory error"),
                    number("value", "in the kind's base unit"),
                    number("limit", "the chip's own; absent where it has none"),
                    truth("alarm", "")),
            EventType.of(
                    "memory.usage",
                    "the host or the control group",
                    whole("total_bytes", ""),
                    whole("available_bytes", ""),
                    number("available_percent", ""),
                    number("pressure_percent", "some, over 60 s")),
            EventType.of(
                    "swap.usage",
                    "the host",
                    whole("total_bytes", ""),
                    whole("used_bytes", ""),
                    number("used_percent", "")),
            EventType.of(
                    "swap.activity", "the host", number("in_bytes_per_second", ""), number("out_bytes_per_second", "")),
            EventType.of(
                    "ksm.saving",
                    "the host",
                    whole("shared_bytes", ""),
                    whole("saved_bytes", ""),
                    number("ratio", "saved to shared")),
            EventType.of(
                    "network.traffic",
                    "the interface",
                    number("in_bytes_per_second", ""),
                    number("out_bytes_per_second", ""),
                    whole("in_errors", "since boot"),
                    whole("out_errors", "since boot"),
                    whole("in_drops", "since boot"),
                    whole("out_drops", "since boot"),
                    truth("link_up", ""),
                    whole("speed_bits_per_second", "0 where unknown")),
            EventType.of(
                    "network.listener",
                    "protocol, address and port",
                    text("protocol", "tcp or udp"),
                    text("address", ""),
                    whole("port", ""),
                    text("process", ""),
                    text("user", ""),
                    truth("listening", "false when it is gone")),
            EventType.of(
                    "network.peer",
                    "the address",
                    text("interface", ""),
                    text("hardware_address", ""),
                    truth("reachable", "")),
            EventType.of("service.boot", "the unit", truth("enabled", ""), text("reason", "why it starts")),
            EventType.of("service.failed", "the unit", text("result", ""), whole("exit_code", "")),
            EventType.of(
                    "lvm.snapshot",
                    "volume group and volume",
                    number("used_percent", ""),
                    text("origin", ""),
                    number("merged_percent", "absent when it is not merged")),
            EventType.of(
                    "lvm.pool", "volume group and volume", number("data_percent", ""), number("metadata_percent", "")),
            EventType.of(
                    "host.activity",
                    "the host",
                    number("cpu_percent", ""),
                    number("load_1m", ""),
                    number("disk_busy_percent", "of the busiest disk")));

    static final List<EventType> ALL =
            Stream.concat(OWN.stream(), HOST.stream()).toList();

    private EventSchemas() {}

    static List<EventType> probes() {
        return HOST;
    }
}
