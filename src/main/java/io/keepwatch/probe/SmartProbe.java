package io.keepwatch.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What disks say of their own health, asked from {@code smartctl}. A sleeping disk is left asleep. */
public final class SmartProbe implements Probe {
    private static final String DISK = "disk";
    private static final Duration TIME_OUT = Duration.ofSeconds(20);
    private static final ProbeInfo INFO = new ProbeInfo(
            "smart.attributes",
            Duration.ofMinutes(10),
            "What disks say of their own health: SATA, SAS and NVMe. A sleeping disk is left asleep.",
            "smartctl of smartmontools, the rights of root, and disks that are not virtual",
            false,
            List.of(
                    new ReadingKind("smart.failed", DISK, "1 when the disk says that it fails"),
                    new ReadingKind("smart.asleep", DISK, "1 when it sleeps and was not asked"),
                    new ReadingKind("smart.unreadable", DISK, "1 when it does not answer, as behind many USB bridges"),
                    new ReadingKind(
                            "smart.reallocated_sectors", DISK, "sectors that were replaced (SAS: grown defects)"),
                    new ReadingKind("smart.pending_sectors", DISK, "sectors that could not be read so far"),
                    new ReadingKind("smart.offline_uncorrectable_sectors", DISK, "sectors lost to the disk's own scan"),
                    new ReadingKind("smart.uncorrected_errors", DISK, "errors that no correction could mend (SAS)"),
                    new ReadingKind("smart.media_errors", DISK, "blocks with wrong data (NVMe)"),
                    new ReadingKind("smart.critical_warnings", DISK, "warning bits that are set (NVMe)"),
                    new ReadingKind("smart.spare_ratio", DISK, "spare blocks left (NVMe)"),
                    new ReadingKind(
                            "smart.spare_margin_ratio", DISK, "how far that is above the disk's own limit (NVMe)"),
                    new ReadingKind(
                            "smart.worn_ratio", DISK, "how much of its rated life is used (NVMe); may exceed 1"),
                    new ReadingKind("smart.temperature_celsius", DISK, "its temperature"),
                    new ReadingKind("smart.powered_seconds", DISK, "how long it has run in all")));

    /** Disks behind a RAID controller come and go without a name of their own. */
    private static final int READS_WITH_THE_SAME_DISKS = 36;

    private final Path dev;
    private final ToolRunner tools;
    private Set<String> seen = Set.of();
    private int reads;
    private List<JsonNode> disks = List.of();

    /** @param dev {@code /dev}, whose names tell when there may be other disks */
    public SmartProbe(Path dev, ToolRunner tools) {
        this.dev = dev;
        this.tools = tools;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        List<JsonNode> devices = disks();
        for (JsonNode device : devices) {
            String name = device.path("name").asText();
            String type = device.path("type").asText("auto");
            // -n standby: the question alone would spin a sleeping disk up.
            ToolOutput answer = tools.run(Tool.SMARTCTL, TIME_OUT, "--json", "-n", "standby", "-a", "-d", type, name)
                    .orElseThrow();
            // Disks behind a RAID controller share its name, and only the type tells them apart: "megaraid,8".
            String disk = isShared(name, devices) ? name + " " + type : name;
            readings.addAll(new SmartReport(disk, answer.exitCode(), ToolJson.parse(Tool.SMARTCTL, answer)).readings());
        }
        return readings;
    }

    /** smartctl opens every device to find them: it looks again only where a name came or went, and now and then. */
    private List<JsonNode> disks() throws IOException {
        Set<String> now = names();
        if (!now.equals(seen) || reads % READS_WITH_THE_SAME_DISKS == 0) {
            Optional<ToolOutput> scan = tools.run(Tool.SMARTCTL, TIME_OUT, "--json", "--scan-open");
            if (scan.isEmpty()) {
                return List.of();
            }
            List<JsonNode> found = new ArrayList<>();
            ToolJson.parse(Tool.SMARTCTL, scan.get()).path("devices").forEach(found::add);
            disks = found;
            seen = now;
            reads = 0;
        }
        reads++;
        return disks;
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(dev)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).collect(Collectors.toSet());
        }
    }

    private static boolean isShared(String name, List<JsonNode> devices) {
        return devices.stream()
                        .filter(device -> device.path("name").asText().equals(name))
                        .count()
                > 1;
    }
}
