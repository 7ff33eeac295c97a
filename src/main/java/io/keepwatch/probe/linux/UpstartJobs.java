package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jobs of Upstart that start at boot: what each {@code start on} says, for the run level of rc-sysinit. */
final class UpstartJobs {
    private static final Pattern START_ON = Pattern.compile("(?ms)^start on\\s+(.*?)(?=^\\S|\\z)");
    private static final Pattern DEFAULT = Pattern.compile("(?m)^env DEFAULT_RUNLEVEL=(\\d)");

    private final Path etc;

    UpstartJobs(Path root) {
        this.etc = root.resolve("etc");
    }

    String defaultRunLevel() throws IOException {
        Matcher line = DEFAULT.matcher(
                KernelFile.text(etc.resolve("init/rc-sysinit.conf")).orElse(""));
        return line.find() ? line.group(1) : "2";
    }

    List<BootService> startedIn(String runLevel) throws IOException {
        Map<String, String> conditions = conditions();
        Set<String> started = new LinkedHashSet<>();
        // A job may wait for another, so the set grows until nothing more starts.
        for (boolean grew = true; grew; ) {
            grew = false;
            for (Map.Entry<String, String> job : conditions.entrySet()) {
                if (!started.contains(job.getKey())
                        && new UpstartCondition(job.getValue(), runLevel, started).holds()) {
                    grew |= started.add(job.getKey());
                }
            }
        }
        List<BootService> services = new ArrayList<>();
        conditions.forEach((job, condition) -> {
            if (started.contains(job)) {
                services.add(new BootService("upstart", job, "start on " + condition));
            }
        });
        return services;
    }

    private Map<String, String> conditions() throws IOException {
        Map<String, String> conditions = new LinkedHashMap<>();
        for (Path file : KernelFile.entries(etc.resolve("init"))) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".conf")) {
                String job = name.substring(0, name.length() - ".conf".length());
                String text = KernelFile.text(file).orElse("").replaceAll("(?m)^\\s*#.*$", "");
                String override =
                        KernelFile.text(file.resolveSibling(job + ".override")).orElse("");
                Matcher own = START_ON.matcher(text);
                Matcher other = START_ON.matcher(override);
                boolean manual = (text + "\n" + override)
                        .lines()
                        .anyMatch(line -> line.strip().equals("manual"));
                if (other.find()) {
                    conditions.put(job, other.group(1).strip().replaceAll("\\s+", " "));
                } else if (!manual && own.find()) {
                    conditions.put(job, own.group(1).strip().replaceAll("\\s+", " "));
                }
            }
        }
        return conditions;
    }
}
