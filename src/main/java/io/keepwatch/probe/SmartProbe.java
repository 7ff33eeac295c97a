package io.keepwatch.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.event.Reading;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What disks say of their own health, asked from {@code smartctl}. A sleeping disk is left asleep. */
public final class SmartProbe implements Probe {
    private static final Logger LOG = LoggerFactory.getLogger(SmartProbe.class);
    private static final String DISK = "disk";
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

    private static final Duration ONE_ANSWER = Duration.ofSeconds(8);
    /** With the time to stop the last one, all stays below the time-out of a probe. */
    private static final Duration ALL_ANSWERS = Duration.ofSeconds(26);

    private final Path dev;
    private final ToolRunner tools;
    private final Duration oneAnswer;
    private final Set<String> silent = new HashSet<>();
    private Set<String> seen = Set.of();
    private int reads;
    private List<JsonNode> disks = List.of();

    /** @param dev {@code /dev}, whose names tell when there may be other disks */
    public SmartProbe(Path dev, ToolRunner tools) {
        this(dev, tools, ONE_ANSWER);
    }

    /** @param oneAnswer how long smartctl may take for one disk */
    SmartProbe(Path dev, ToolRunner tools, Duration oneAnswer) {
        this.dev = dev;
        this.tools = tools;
        this.oneAnswer = oneAnswer;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        long end = System.nanoTime() + ALL_ANSWERS.toNanos();
        Parts parts = new Parts();
        List<JsonNode> devices = disks();
        // A disk that did not answer last time is asked last, so that it takes no time from another.
        devices.stream()
                .sorted(Comparator.comparing(device -> silent.contains(subject(device, devices))))
                .forEach(device -> parts.add(() -> ask(device, subject(device, devices), end)));
        return parts.readings();
    }

    private List<Reading> ask(JsonNode device, String disk, long end) throws IOException {
        if (System.nanoTime() + oneAnswer.toNanos() > end) {
            throw new IOException("no time was left to ask " + disk + ", because other disks do not answer");
        }
        try {
            // -n standby: the question alone would spin a sleeping disk up.
            ToolOutput answer = tools.run(
                            Tool.SMARTCTL,
                            oneAnswer,
                            "--json",
                            "-n",
                            "standby",
                            "-a",
                            "-d",
                            device.path("type").asText("auto"),
                            device.path("name").asText())
                    .orElseThrow();
            List<Reading> readings =
                    new SmartReport(disk, answer.exitCode(), ToolJson.parse(Tool.SMARTCTL, answer)).readings();
            silent.remove(disk);
            return readings;
        } catch (IOException e) {
            // A disk that dies keeps smartctl waiting: that is news of the disk, and no reason to ask no other.
            LOG.debug("{} did not tell its health: {}", disk, e.toString());
            silent.add(disk);
            return List.of(Reading.of("smart.unreadable", DisplayText.of(disk), 1));
        }
    }

    /** smartctl opens every device to find them: it looks again only where a name came or went, and now and then. */
    private List<JsonNode> disks() throws IOException {
        Set<String> now = names();
        if (!now.equals(seen) || reads % READS_WITH_THE_SAME_DISKS == 0) {
            if (tools.find(Tool.SMARTCTL).isEmpty()) {
                return List.of();
            }
            disks = scan();
            seen = now;
            reads = 0;
        }
        reads++;
        return disks;
    }

    private List<JsonNode> scan() throws IOException {
        JsonNode scan;
        try {
            scan = ToolJson.run(tools, Tool.SMARTCTL, oneAnswer, "--json", "--scan-open")
                    .orElseThrow();
        } catch (IOException e) {
            // A disk that does not answer holds up whoever opens it; without opening, only its type stays unknown.
            LOG.debug("smartctl --scan-open failed: {}", e.toString());
            scan = ToolJson.run(tools, Tool.SMARTCTL, oneAnswer, "--json", "--scan")
                    .orElseThrow();
        }
        List<JsonNode> found = new ArrayList<>();
        scan.path("devices").forEach(found::add);
        return found;
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(dev)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).collect(Collectors.toSet());
        }
    }

    /** Disks behind a RAID controller share its name, and only the type tells them apart: "megaraid,8". */
    private static String subject(JsonNode device, List<JsonNode> devices) {
        String name = device.path("name").asText();
        boolean shared = devices.stream()
                        .filter(other -> other.path("name").asText().equals(name))
                        .count()
                > 1;
        return shared ? name + " " + device.path("type").asText("auto") : name;
    }
}
