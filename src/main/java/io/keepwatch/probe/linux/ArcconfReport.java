package io.keepwatch.probe.linux;

import io.keepwatch.probe.linux.RaidArray.Degradation;
import io.keepwatch.unit.DisplayText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code arcconf getconfig} tells of one controller. Its generations write the same lines with other capitals, and list
 * members as segments or as devices of an array.
 */
final class ArcconfReport {
    private static final Pattern CONTROLLERS = Pattern.compile("(?im)^controllers found: (\\d+)");
    private static final Pattern HEAD = Pattern.compile("(?i)logical (?:device|drive) number (\\d+)");
    private static final Pattern LINE = Pattern.compile("\\s+(.*?)\\s*: (.*)");
    private static final Pattern MEMBER = Pattern.compile("(?i)(?:group \\d+, )?(?:segment|device) \\d+");
    private static final Pattern PERCENT = Pattern.compile("(\\d+)\\s*%");
    private static final Pattern TASK = Pattern.compile(
            "(?is)logical device\\s*: (\\d+)\\s.*?current operation\\s*: ([^\\n]*).*?percentage complete\\s*: (\\d+)");

    private final int controller;
    private final List<Drive> drives = new ArrayList<>();
    private int commonSpares;

    private ArcconfReport(int controller) {
        this.controller = controller;
    }

    /** How many controllers there are, which every answer begins with. */
    static OptionalInt controllers(String text) {
        Matcher matcher = CONTROLLERS.matcher(text);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    static ArcconfReport parse(int controller, String text) {
        ArcconfReport report = new ArcconfReport(controller);
        boolean inDrive = false;
        for (String line : text.lines().toList()) {
            Matcher head = HEAD.matcher(line.strip());
            if (head.matches()) {
                report.drives.add(new Drive(head.group(1)));
                inDrive = true;
            } else if (line.strip().equalsIgnoreCase("physical device information")) {
                inDrive = false;
            } else {
                Matcher pair = LINE.matcher(line);
                if (pair.matches()) {
                    report.take(
                            inDrive,
                            pair.group(1).toLowerCase(Locale.ROOT),
                            pair.group(2).strip());
                }
            }
        }
        return report;
    }

    private void take(boolean inDrive, String name, String value) {
        if (inDrive) {
            drives.get(drives.size() - 1).take(name, value);
        } else if (name.equals("state") && value.toLowerCase(Locale.ROOT).endsWith("hot-spare")) {
            // A dedicated one is told by the next line.
            commonSpares += value.toLowerCase(Locale.ROOT).startsWith("dedicated") ? 0 : 1;
        } else if (name.equals("dedicated spare for")) {
            drives.stream()
                    .filter(drive -> List.of(value.split("\\D+", -1)).contains(drive.number))
                    .forEach(drive -> drive.spares++);
        }
    }

    /** Whether something may be under way, so that it is worth asking for its progress. */
    boolean isBusy() {
        return drives.stream().anyMatch(drive -> !drive.isOptimal() || drive.missing > 0);
    }

    /** @param tasks what {@code arcconf getstatus} says of the same controller; may be empty */
    List<RaidArray> arrays(String tasks) {
        return drives.stream().map(drive -> array(drive, tasks)).toList();
    }

    private RaidArray array(Drive drive, String tasks) {
        Degradation degradation = drive.degradation();
        OptionalDouble progress = drive.progress;
        String operation = "";
        Matcher task = TASK.matcher(tasks);
        while (task.find()) {
            if (task.group(1).equals(drive.number)) {
                operation = task.group(2).toLowerCase(Locale.ROOT);
                progress = OptionalDouble.of(Double.parseDouble(task.group(3)) / 100);
            }
        }
        boolean rebuilds = drive.rebuilding > 0 || operation.contains("rebuild") || drive.status.contains("recovering");
        String word = switch (degradation) {
            case FAILED -> "failed";
            case DEGRADED -> rebuilds ? "recovering" : "degraded";
            case NONE ->
                drive.isOptimal() ? "healthy" : drive.status.startsWith("impacted") ? "resyncing" : drive.status;
        };
        return new RaidArray(
                "c" + controller + "/ld" + drive.number,
                "arcconf",
                drive.level,
                DisplayText.of(word),
                degradation,
                drive.members,
                drive.missing,
                drive.missing - drive.rebuilding,
                drive.spares + commonSpares,
                progress,
                OptionalLong.empty());
    }

    /** A logical device and the disks it lies on. */
    private static final class Drive {
        private final String number;
        private String level = "unknown";
        private String status = "unknown";
        private OptionalDouble progress = OptionalDouble.empty();
        private int members;
        private int missing;
        private int rebuilding;
        private int spares;

        Drive(String number) {
            this.number = number;
        }

        void take(String name, String value) {
            if (name.equals("raid level")) {
                // "6 Reed-Solomon", "10", "Simple_volume"
                String first = value.split(" ", 2)[0].toLowerCase(Locale.ROOT);
                level = first.matches("\\d+") ? "raid" + first : first;
            } else if (name.startsWith("status of logical d")) {
                status = value.toLowerCase(Locale.ROOT);
                Matcher percent = PERCENT.matcher(value);
                progress = percent.find()
                        ? OptionalDouble.of(Double.parseDouble(percent.group(1)) / 100)
                        : OptionalDouble.empty();
            } else if (MEMBER.matcher(name).matches()) {
                String state = value.toLowerCase(Locale.ROOT);
                members++;
                missing += state.startsWith("present") ? 0 : 1;
                rebuilding += state.startsWith("rebuilding") ? 1 : 0;
            }
        }

        boolean isOptimal() {
            return status.equals("optimal") || status.equals("okay");
        }

        Degradation degradation() {
            if (status.startsWith("fail") || status.contains("offline")) {
                return Degradation.FAILED;
            }
            boolean lacks = status.contains("degraded")
                    || status.contains("suboptimal")
                    || status.contains("recover")
                    || status.contains("rebuild");
            return lacks ? Degradation.DEGRADED : Degradation.NONE;
        }
    }
}
