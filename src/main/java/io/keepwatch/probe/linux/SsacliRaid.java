package io.keepwatch.probe.linux;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.RaidArray.Degradation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Logical drives of HPE Smart Array controllers. Their tool has no JSON, so the text of {@code show config} is read. */
final class SsacliRaid implements RaidSource {
    private static final Pattern SLOT = Pattern.compile(".* in Slot (\\S+).*");
    /** What begins a new group of disks. Those outside of arrays follow the last array. */
    private static final Pattern GROUP = Pattern.compile("(?i)array \\S+(?: .*)?|unassigned|hba drives");

    private static final Pattern LOGICAL = Pattern.compile(
            "\\s*logicaldrive (\\d+) \\(([^,]+), RAID ([^,]+), ([^,)]+)(?:, ([\\d.]+)% complete)?.*\\)");
    private static final Pattern PHYSICAL = Pattern.compile("\\s*physicaldrive \\S+ \\((.*)\\)");

    private final ToolRunner tools;

    SsacliRaid(ToolRunner tools) {
        this.tools = tools;
    }

    @Override
    public String kind() {
        return "ssacli";
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        if (tools.find(Tool.SSACLI).isEmpty()) {
            return List.of();
        }
        Optional<ToolOutput> answer = tools.ask(Tool.SSACLI, Duration.ofSeconds(25), "ctrl", "all", "show", "config");
        return answer.isPresent() ? arrays(answer.get()) : List.of();
    }

    private static List<RaidArray> arrays(ToolOutput config) throws IOException {
        if ((config.out() + config.err()).contains("No controllers detected")) {
            return List.of();
        }
        if (config.exitCode() != 0 || config.out().isBlank()) {
            throw new IOException("ssacli ctrl all show config could not read the controllers, exit code "
                    + config.exitCode() + ": " + config.firstError());
        }
        return parse(config.out());
    }

    private static List<RaidArray> parse(String text) {
        List<RaidArray> arrays = new ArrayList<>();
        String slot = "?";
        Group group = new Group();
        for (String line : text.lines().toList()) {
            Matcher where = SLOT.matcher(line);
            if (where.matches()) {
                group.finish(slot, arrays);
                group = new Group();
                slot = where.group(1);
            } else if (GROUP.matcher(line.strip()).matches()) {
                group.finish(slot, arrays);
                group = new Group();
            } else {
                group.take(line);
            }
        }
        group.finish(slot, arrays);
        return arrays;
    }

    /** The logical drives of one array and the disks they lie on. */
    private static final class Group {
        private final List<Matcher> drives = new ArrayList<>();
        private int members;
        private int failed;
        private int rebuilding;
        private int spares;

        void take(String line) {
            Matcher logical = LOGICAL.matcher(line);
            Matcher physical = PHYSICAL.matcher(line);
            if (logical.matches()) {
                drives.add(logical);
            } else if (physical.matches()) {
                String facts = physical.group(1).toLowerCase(Locale.ROOT);
                if (facts.contains("spare")) {
                    // One that stands in already is no spare any more, and the disk that it stands in for is the
                    // member.
                    spares += facts.contains("active spare") ? 0 : 1;
                } else {
                    members++;
                    failed += facts.contains("failed") || facts.contains("missing") ? 1 : 0;
                    rebuilding += facts.contains("rebuilding") ? 1 : 0;
                }
            }
        }

        void finish(String slot, List<RaidArray> arrays) {
            for (Matcher drive : drives) {
                String status = drive.group(4).strip().toLowerCase(Locale.ROOT);
                Degradation degradation = degradation(status);
                arrays.add(new RaidArray(
                        "slot" + slot + "/ld" + drive.group(1),
                        "ssacli",
                        "raid" + drive.group(3).strip(),
                        word(status, degradation),
                        degradation,
                        members,
                        failed + rebuilding,
                        failed,
                        spares,
                        drive.group(5) == null
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(Double.parseDouble(drive.group(5)) / 100),
                        OptionalLong.empty()));
            }
        }
    }

    private static Degradation degradation(String status) {
        if (status.equals("failed") || status.contains("wrong") || status.contains("not available")) {
            return Degradation.FAILED;
        }
        boolean degraded = status.contains("recovery") || status.contains("rebuild") || status.contains("recovering");
        return degraded ? Degradation.DEGRADED : Degradation.NONE;
    }

    private static String word(String status, Degradation degradation) {
        return switch (degradation) {
            case FAILED -> "failed";
            case DEGRADED -> status.contains("interim") ? "degraded" : "recovering";
            case NONE -> status.equals("ok") ? "healthy" : status;
        };
    }
}
