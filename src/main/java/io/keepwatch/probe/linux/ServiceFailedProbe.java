package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Units that systemd gave up on. */
public final class ServiceFailedProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "service.failed",
            Duration.ofSeconds(30),
            "Units that systemd gave up on.",
            "systemd as init",
            false,
            List.of(
                    new ReadingKind("service.failed", "unit", "1 while the unit is failed"),
                    new ReadingKind("service.failed_count", "", "how many are failed")));

    private final Path systemd;
    private final ToolRunner tools;

    public ServiceFailedProbe(Path run, ToolRunner tools) {
        this.systemd = run.resolve("systemd/system");
        this.tools = tools;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        if (!Files.isDirectory(systemd)) {
            return List.of();
        }
        ToolOutput output = tools.run(
                        Tool.SYSTEMCTL,
                        Duration.ofSeconds(20),
                        "list-units",
                        "--state=failed",
                        "--all",
                        "--full",
                        "--plain",
                        "--no-legend",
                        "--no-pager")
                .orElse(new ToolOutput(0, "", ""));
        if (output.exitCode() != 0) {
            throw new IOException("systemctl could not list the failed units: " + output.firstError());
        }
        List<Reading> readings = new ArrayList<>();
        for (String line : output.out().lines().filter(text -> !text.isBlank()).toList()) {
            // unit, load, active, sub, description
            String[] words = line.strip().split("\\s+", 5);
            readings.add(new Reading(
                    "service.failed",
                    DisplayText.of(words[0]),
                    1,
                    words.length > 4 ? Map.of("description", DisplayText.of(words[4])) : Map.of()));
        }
        readings.add(Reading.of("service.failed_count", "", readings.size()));
        return readings;
    }
}
