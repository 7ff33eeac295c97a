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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sensors of the board's own controller: only whether a value is in its range, and a state good, is read. */
final class IpmiSensors {
    /** {@code ns}: the sensor has nothing to say, for example an empty slot. */
    private static final Map<String, Integer> STATUS = Map.of("ok", 0, "nc", 1, "cr", 2, "nr", 2);

    private static final Pattern DISCRETE = Pattern.compile("[0-9A-F]{2}h");
    /** Sensors of states are {@code ok} whatever they say; what is bad of it stands in IPMI's own words. */
    private static final Pattern CRITICAL = Pattern.compile(
            "(?i)failure detected|AC lost|input lost|uncorrectable|drive fault|failed array|redundancy lost"
                    + "|insufficient resources|thermal trip|\\bIERR\\b|transition to (critical|non-recoverable)");

    private static final Pattern WARNING = Pattern.compile(
            "(?i)predictive failure|out-of-range|config(uration)? error|power supply inactive|redundancy degraded"
                    + "|critical array|rebuild aborted|scrub failed|logging limit|transition to non-critical");

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
            sensor(line.split(",", -1)).ifPresent(readings::add);
        }
        return readings;
    }

    /** A value has name, value, unit, status; a sensor of states has name, number, status, place, and its states. */
    private static Optional<Reading> sensor(String[] cells) {
        boolean hasStates =
                cells.length > 3 && DISCRETE.matcher(cells[1].strip()).matches();
        int place = hasStates ? 2 : 3;
        Integer status = cells.length <= place ? null : STATUS.get(cells[place].strip());
        if (status == null) {
            return Optional.empty();
        }
        // After the status come the place of the sensor and its states, for a sensor of values too where it has some.
        String states = Arrays.stream(cells).skip(place + 2L).map(String::strip).collect(Collectors.joining(", "));
        String value = hasStates ? states : (cells[1] + " " + cells[2]).strip();
        return Optional.of(new Reading(
                "sensor.ipmi_status",
                "ipmi " + DisplayText.of(cells[0].strip()),
                Math.max(status, severity(states)),
                Map.of("value", DisplayText.of(value))));
    }

    private static int severity(String states) {
        return CRITICAL.matcher(states).find() ? 2 : WARNING.matcher(states).find() ? 1 : 0;
    }
}
