package io.keepwatch.workflow.type;

import static io.keepwatch.workflow.type.HostField.number;
import static io.keepwatch.workflow.type.HostField.percent;
import static io.keepwatch.workflow.type.HostField.text;
import static io.keepwatch.workflow.type.HostField.truth;
import static io.keepwatch.workflow.type.HostField.whole;
import static io.keepwatch.workflow.type.HostField.wholeText;

import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Every event type that a probe fills. A new one is one entry here: its fields, and the readings they come from. */
public final class HostSchemas {
    private static final String MOUNT = "the mount point";
    private static final String DISK = "the disk";
    private static final String HOST = "the host";
    private static final String SENSOR = "the sensor";

    static final List<HostSchema> ALL = List.of(
            HostSchema.of(
                    "disk.usage",
                    MOUNT,
                    percent("used_percent", "disk.used_ratio", "of what users can use"),
                    whole("free_bytes", "disk.available_bytes", "that users can use"),
                    whole("total_bytes", "disk.size_bytes", ""),
                    truth("stuck", "disk.stuck", "the file system gives no answer"),
                    text("device", "device", ""),
                    text("file_system", "type", "its type")),
            HostSchema.of(
                    "inode.usage",
                    MOUNT,
                    percent("used_percent", "inode.used_ratio", ""),
                    whole("free", "inode.free_count", ""),
                    whole("total", "inode.count", ""),
                    text("device", "device", ""),
                    text("file_system", "type", "its type")),
            HostSchema.of(
                    "raid.state",
                    "the array",
                    whole("degradation", "raid.degradation", "0 whole, 1 degraded, 2 failed or not running"),
                    truth("degraded", "raid.degradation", "a check or a reshape is not degradation"),
                    text("level", "level", ""),
                    text("kind", "kind", "md, zfs, btrfs, lvm or the controller"),
                    text("state", "state", "in the words of its driver"),
                    whole("members", "raid.members", "without spares"),
                    whole("missing_members", "raid.missing_members", "that do not work or are being filled"),
                    whole("failed_members", "raid.failed_members", "marked as failed"),
                    whole("spare_members", "raid.spare_members", ""),
                    percent("progress_percent", "raid.progress_ratio", "of a recovery, check or reshape under way"),
                    whole("mismatches", "raid.mismatches", "found by the last check")),
            HostSchema.of(
                    "smart.attributes",
                    DISK,
                    truth("failed", "smart.failed", "the disk's own verdict"),
                    text("model", "model", ""),
                    text("serial", "serial", ""),
                    truth("asleep", "smart.asleep", "it was not asked"),
                    truth("unreadable", "smart.unreadable", "it does not answer"),
                    whole("reallocated_sectors", "smart.reallocated_sectors", ""),
                    whole("pending_sectors", "smart.pending_sectors", ""),
                    whole("offline_uncorrectable", "smart.offline_uncorrectable_sectors", ""),
                    whole("uncorrected_errors", "smart.uncorrected_errors", "of SAS"),
                    whole("media_errors", "smart.media_errors", "of NVMe"),
                    whole("critical_warnings", "smart.critical_warnings", "bits that are set, of NVMe"),
                    percent("percentage_used", "smart.worn_ratio", "of NVMe; may exceed 100"),
                    percent("available_spare_percent", "smart.spare_ratio", "of NVMe"),
                    percent("spare_margin_percent", "smart.spare_margin_ratio", "above the disk's own limit, of NVMe"),
                    number("temperature_celsius", "smart.temperature_celsius", ""),
                    whole("powered_seconds", "smart.powered_seconds", "in all")),
            HostSchema.of(
                    "hardware.sensor",
                    SENSOR,
                    number("temperature_celsius", "sensor.temperature_celsius", ""),
                    number("margin_celsius", "sensor.margin_celsius", "below the chip's own limit"),
                    number("critical_margin_celsius", "sensor.critical_margin_celsius", "below the critical limit"),
                    whole("fan_rpm", "sensor.fan_rpm", "turns a minute"),
                    truth("fan_stopped", "sensor.fan_stopped", "it turned before, or must"),
                    whole("ipmi_status", "sensor.ipmi_status", "0 fine, 1 out of its range, 2 critical")),
            HostSchema.named(
                    "hardware.sensor",
                    "hardware.memory",
                    "the memory controller",
                    whole("corrected_errors", "ecc.corrected_errors", "that ECC mended"),
                    whole("uncorrected_errors", "ecc.uncorrected_errors", "that it could not")),
            HostSchema.named(
                    "hardware.sensor",
                    "hardware.power",
                    "the power supply or battery",
                    truth("online", "power.online", "it has power"),
                    percent("charge_percent", "power.charge_ratio", "of a battery")),
            HostSchema.named(
                    "hardware.sensor",
                    "hardware.processors",
                    HOST,
                    whole("online", "cpu.online_count", "in use"),
                    whole("offline", "cpu.offline_count", "there but not in use")),
            HostSchema.of(
                    "memory.usage",
                    HOST,
                    whole("total_bytes", "memory.total_bytes", ""),
                    whole("available_bytes", "memory.available_bytes", "what programs can have without swapping"),
                    percent("available_percent", "memory.available_ratio", ""),
                    percent("used_percent", "memory.used_ratio", "what is not available"),
                    whole("container_limit_bytes", "memory.container_limit_bytes", "of Keepwatch's own cgroup"),
                    percent("container_used_percent", "memory.container_used_ratio", "of that limit"),
                    percent("pressure_percent", "memory.pressure_some_ratio", "of 10 s in which some task waited"),
                    percent("pressure_full_percent", "memory.pressure_full_ratio", "in which all tasks did")),
            HostSchema.of(
                    "swap.usage",
                    HOST,
                    whole("total_bytes", "swap.total_bytes", ""),
                    whole("used_bytes", "swap.used_bytes", ""),
                    percent("used_percent", "swap.used_ratio", ""),
                    whole("swappiness", "swap.swappiness", "vm.swappiness")),
            HostSchema.of(
                    "swap.activity",
                    HOST,
                    number("in_bytes_per_second", "swap.in_bytes_per_second", "read back"),
                    number("out_bytes_per_second", "swap.out_bytes_per_second", "written")),
            HostSchema.of(
                    "ksm.saving",
                    HOST,
                    truth("running", "ksm.running", "the kernel merges pages"),
                    whole("shared_bytes", "ksm.shared_bytes", "pages that stand for others"),
                    whole("saved_bytes", "ksm.saved_bytes", ""),
                    number("sharing_ratio", "ksm.sharing_ratio", "uses of a shared page"),
                    number("wasted_ratio", "ksm.wasted_ratio", "pages looked at in vain for each saved one")),
            HostSchema.of(
                    "network.traffic",
                    "the interface",
                    number("in_bytes_per_second", "network.received_bytes_per_second", ""),
                    number("out_bytes_per_second", "network.sent_bytes_per_second", ""),
                    whole("errors", "network.errors", "since the interface exists"),
                    whole("drops", "network.drops", "since the interface exists"),
                    truth("link_up", "network.link_up", ""),
                    whole("speed_bits_per_second", "network.speed_bits_per_second", "absent where unknown"),
                    percent("busy_percent", "network.busy_ratio", "the busier direction against that speed")),
            HostSchema.of(
                    "network.listener",
                    "protocol, address and port",
                    truth("listening", "network.listener", ""),
                    text("protocol", "protocol", "tcp or udp"),
                    text("address", "address", ""),
                    wholeText("port", "port", ""),
                    text("process", "process", ""),
                    wholeText("uid", "uid", "of the user it runs as")),
            HostSchema.of(
                    "network.peer",
                    "the interface",
                    whole("peers", "network.peers", "neighbours with an address of their hardware"),
                    whole("silent_peers", "network.silent_peers", "neighbours that gave no answer")),
            HostSchema.of(
                    "service.boot",
                    "init system and service",
                    truth("enabled", "service.enabled", ""),
                    text("reason", "why", "why it starts")),
            HostSchema.of(
                    "service.failed",
                    "the unit; empty for all of them",
                    truth("failed", "service.failed", ""),
                    whole("failed_units", "service.failed_count", "of all"),
                    text("description", "description", "of the unit")),
            HostSchema.of(
                    "lvm.snapshot",
                    "volume group and volume",
                    percent("used_percent", "lvm.snapshot_used_ratio", ""),
                    percent("merge_left_percent", "lvm.merge_left_ratio", "what is left of a merge"),
                    text("origin", "origin", "")),
            HostSchema.of(
                    "lvm.pool",
                    "volume group and volume",
                    percent("data_percent", "lvm.pool_data_used_ratio", ""),
                    percent("metadata_percent", "lvm.pool_metadata_used_ratio", "")),
            HostSchema.of(
                    "host.activity",
                    HOST,
                    percent("cpu_user_percent", "cpu.user_ratio", "of all processors' time"),
                    percent("cpu_system_percent", "cpu.system_ratio", ""),
                    percent("cpu_iowait_percent", "cpu.iowait_ratio", ""),
                    percent("cpu_steal_percent", "cpu.steal_ratio", "taken by other guests"),
                    percent("cpu_idle_percent", "cpu.idle_ratio", ""),
                    percent("cpu_pressure_percent", "cpu.pressure_some_ratio", "of 10 s in which some task waited"),
                    percent("cpu_pressure_full_percent", "cpu.pressure_full_ratio", "in which all tasks did"),
                    percent("io_pressure_percent", "io.pressure_some_ratio", "of 10 s in which some task waited"),
                    percent("io_pressure_full_percent", "io.pressure_full_ratio", "in which all tasks did"),
                    number("load_1m", "load.1m", ""),
                    number("load_5m", "load.5m", ""),
                    number("load_15m", "load.15m", ""),
                    whole("tasks_running", "tasks.running", ""),
                    whole("tasks_blocked", "tasks.blocked", "that wait for a disk")),
            HostSchema.named(
                    "host.activity",
                    "disk.activity",
                    DISK,
                    number("read_bytes_per_second", "io.read_bytes_per_second", ""),
                    number("written_bytes_per_second", "io.written_bytes_per_second", ""),
                    percent("busy_percent", "io.busy_ratio", "of the time with a request under way")));

    /** They read only whether something is there: no time line, and their subjects come and go without end. */
    private static final Set<String> WITHOUT_HISTORY = Set.of("network.listener", "service.boot", "service.failed");

    private HostSchemas() {}

    /** Whether the history keeps what a probe reads. */
    public static boolean isInHistory(String probe) {
        return !WITHOUT_HISTORY.contains(probe);
    }

    /** The probe that reads events of a type; the probe of a type that no probe fills is empty. */
    public static Optional<String> probeOf(String type) {
        return ALL.stream()
                .filter(schema -> schema.type().name().equals(type))
                .map(HostSchema::probe)
                .findFirst();
    }

    /** The probe whose events hold a reading; empty where no event does. */
    public static Optional<String> probeReading(String reading) {
        return ALL.stream()
                .filter(schema -> schema.fields().stream()
                        .anyMatch(field -> field.source().equals(reading)))
                .map(HostSchema::probe)
                .findFirst();
    }

    /** Fields of a type that come from labels, which no history keeps. */
    public static Set<String> labelled(String type) {
        return ALL.stream()
                .filter(schema -> schema.type().name().equals(type))
                .flatMap(schema -> schema.fields().stream())
                .filter(HostField::isLabel)
                .map(field -> field.field().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What a probe read as events, one for each type and subject.
     *
     * @param host stands in {@code event.data.host}, and as the subject where readings have none
     * @param ids gives each event its own
     */
    public static List<RuleEvent> events(ProbeRead read, String host, String source, Supplier<String> ids) {
        Map<String, Map<String, Reading>> bySubject = new LinkedHashMap<>();
        Map<String, Map<String, String>> labels = new HashMap<>();
        read.readings().forEach(reading -> {
            bySubject
                    .computeIfAbsent(reading.subject(), subject -> new HashMap<>())
                    .put(reading.name(), reading);
            labels.computeIfAbsent(reading.subject(), subject -> new HashMap<>())
                    .putAll(reading.labels());
        });
        List<RuleEvent> events = new ArrayList<>();
        bySubject.forEach((subject, readings) -> ALL.stream()
                .filter(schema -> schema.probe().equals(read.probe()))
                .forEach(schema -> schema.data(readings, labels.getOrDefault(subject, Map.of()))
                        .ifPresent(data -> {
                            data.put("host", host);
                            events.add(RuleEvent.of(
                                    ids.get(),
                                    source,
                                    schema.type().name(),
                                    subject.isEmpty() ? host : subject,
                                    read.at(),
                                    data));
                        })));
        return events;
    }
}
