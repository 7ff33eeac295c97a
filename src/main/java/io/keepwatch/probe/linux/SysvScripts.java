package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The start links of System V init: {@code /etc/rc2.d/S20cron}. */
final class SysvScripts {
    private static final Pattern START = Pattern.compile("S\\d\\d(.+)");
    private static final Pattern DEFAULT = Pattern.compile("(?m)^[^#:\\s]*:(\\d):initdefault:");
    private static final String DEBIAN_DEFAULT = "2";

    private final Path etc;

    SysvScripts(Path root) {
        this.etc = root.resolve("etc");
    }

    String defaultRunLevel() throws IOException {
        Matcher line = DEFAULT.matcher(KernelFile.text(etc.resolve("inittab")).orElse(""));
        return line.find() ? line.group(1) : DEBIAN_DEFAULT;
    }

    List<BootService> startedIn(String runLevel) throws IOException {
        List<BootService> services = new ArrayList<>();
        for (String level : List.of("S", runLevel)) {
            for (Path link : KernelFile.entries(etc.resolve("rc" + level + ".d"))) {
                Matcher start = START.matcher(String.valueOf(link.getFileName()));
                if (start.matches()) {
                    services.add(
                            new BootService("sysv", start.group(1), "/etc/rc" + level + ".d/" + link.getFileName()));
                }
            }
        }
        return services;
    }
}
