package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
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

/** The sensors of the board's own controller: the value stays there, only whether it is in its range is read. */
final class IpmiSensors {
    /** {@code ns}: the sensor has nothing to say, for example an empty slot. */
    private static final Map<String, Integer> STATUS = Map.of("ok", 0, "nc", 1, "cr", 2, "nr", 2);

    private final Path device;
    private final ToolRunner tools;

    IpmiSensors(Path dev, ToolRunner tools) {
        this.device = dev.resolve("ipmi0");
        this.tools = tools;
    }

    /** Nothing without a controller. Throws where it has one that does not answer. */
    List<Reading> read() throws IOException {
        if (!Files.exists(device)) {
            return List.of();
        }
        ToolOutput output =
                tools.run(Tool.IPMITOOL, Duration.ofSeconds(25), "-c", "sdr").orElse(new ToolOutput(0, "", ""));
        if (output.exitCode() != 0) {
            throw new IOException("ipmitool could not read the sensors: " + output.firstError());
        }
        List<Reading> readings = new ArrayList<>();
        for (String line : output.out().lines().toList()) {
            // name, value, unit, status; without a number: name, text, status.
            String[] cells = line.split(",", -1);
            Integer status = cells.length < 3 ? null : STATUS.get(cells[cells.length - 1].strip());
            if (status != null) {
                readings.add(new Reading(
                        "sensor.ipmi_status",
                        "ipmi " + DisplayText.of(cells[0].strip()),
                        status,
                        Map.of(
                                "value",
                                DisplayText.of((cells[1] + " " + (cells.length > 3 ? cells[2] : "")).strip()))));
            }
        }
        return readings;
    }
}
