package io.keepwatch.probe.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array as /proc/mdstat shows it.
 *
 * @param active whether it runs
 * @param broken whether the kernel has given it up
 * @param slots what the array should have: {@code U} for a member that works, {@code _} for one that does not; empty for levels
 *     without redundancy
 * @param operation {@code recovery}, {@code resync}, {@code reshape}, {@code check}, {@code repair}
 * @param nearCopies of RAID 10; 1 for other levels and layouts
 */
record MdStat(
        String name,
        boolean active,
        boolean broken,
        String level,
        int devices,
        int failed,
        int spares,
        String slots,
        Optional<String> operation,
        OptionalDouble progress,
        int nearCopies,
        boolean container) {
    private static final Pattern HEAD = Pattern.compile("(md\\S*) : (active|inactive|broken)((?: \\([a-z-]+\\))*)(.*)");
    private static final Pattern MEMBER = Pattern.compile("\\S+\\[\\d+\\]((?:\\([A-Z]\\))*)");
    private static final Pattern SLOTS = Pattern.compile("\\[(\\d+)/(\\d+)\\] \\[([U_]+)\\]");
    private static final Pattern RUNNING = Pattern.compile("(recovery|resync|reshape|check|repair)\\s*=\\s*([\\d.]+)%");
    private static final Pattern WAITING = Pattern.compile("(recovery|resync|reshape|check|repair)=(DELAYED|PENDING)");
    private static final Pattern NEAR = Pattern.compile("(\\d+) near-copies");
    private static final Pattern CONTAINER = Pattern.compile("super external:[a-z]");

    /** All arrays of the file, in its order. */
    static List<MdStat> parse(List<String> lines) {
        List<MdStat> arrays = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            if (HEAD.matcher(line).matches()) {
                finish(block, arrays);
                block = new ArrayList<>();
            }
            block.add(line);
        }
        finish(block, arrays);
        return arrays;
    }

    private static void finish(List<String> block, List<MdStat> arrays) {
        if (block.isEmpty()) {
            return;
        }
        Matcher head = HEAD.matcher(block.get(0));
        if (head.matches()) {
            arrays.add(of(head, String.join("\n", block.subList(1, block.size()))));
        }
    }

    private static MdStat of(Matcher head, String rest) {
        String level = "unknown";
        int devices = 0;
        int failed = 0;
        int spares = 0;
        for (String word : head.group(4).strip().split(" ", -1)) {
            Matcher member = MEMBER.matcher(word);
            if (member.matches()) {
                devices++;
                failed += member.group(1).contains("(F)") ? 1 : 0;
                spares += member.group(1).contains("(S)") ? 1 : 0;
            } else if (!word.isEmpty()) {
                level = word;
            }
        }
        Matcher slots = SLOTS.matcher(rest);
        Matcher running = RUNNING.matcher(rest);
        Matcher waiting = WAITING.matcher(rest);
        Matcher near = NEAR.matcher(rest);
        boolean runs = running.find();
        boolean active = !head.group(2).equals("inactive");
        return new MdStat(
                head.group(1),
                active,
                head.group(2).equals("broken"),
                level,
                devices,
                failed,
                // Of an array that does not run, every device is marked as a spare.
                active ? spares : 0,
                slots.find() ? slots.group(3) : "",
                runs
                        ? Optional.of(running.group(1))
                        : waiting.find() ? Optional.of(waiting.group(1)) : Optional.empty(),
                runs ? OptionalDouble.of(Double.parseDouble(running.group(2)) / 100) : OptionalDouble.empty(),
                near.find() ? Integer.parseInt(near.group(1)) : 1,
                CONTAINER.matcher(rest).find());
    }

    int missingSlots() {
        return (int) slots.chars().filter(c -> c == '_').count();
    }
}
