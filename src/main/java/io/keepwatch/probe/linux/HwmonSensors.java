package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temperatures and fans of /sys/class/hwmon. Limits come from the chip alone; one that is nonsense counts as none. Many
 * boards show fans that are not there as 0, so a fan counts as stopped only after it was seen turning, or where it has a
 * least speed or an alarm.
 */
final class HwmonSensors {
    private static final Pattern INPUT = Pattern.compile("(temp|fan)(\\d+)_input");
    /** Outside of this a sensor is not connected, and a limit not set. */
    private static final long LEAST_MILLI_CELSIUS = -60_000;

    private static final long MOST_MILLI_CELSIUS = 200_000;

    private final Path hwmon;
    private final Set<String> seenTurning = new HashSet<>();

    HwmonSensors(Path sys) {
        this.hwmon = sys.resolve("class/hwmon");
    }

    List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        Set<String> subjects = new HashSet<>();
        for (Path entry : KernelFile.entries(hwmon)) {
            // Drivers before Linux 4 put their files one folder deeper.
            Path chip = Files.exists(entry.resolve("name")) ? entry : entry.resolve("device");
            String name = chipName(entry, chip);
            for (Path file : KernelFile.entries(chip)) {
                Matcher input = INPUT.matcher(String.valueOf(file.getFileName()));
                OptionalLong value = input.matches() ? KernelFile.tolerant(file) : OptionalLong.empty();
                if (value.isPresent()) {
                    String sensor = input.group(1) + input.group(2);
                    String subject = name + " "
                            + KernelFile.tolerantText(chip.resolve(sensor + "_label"))
                                    .orElse(sensor);
                    // Two sensors of one chip may have the same label.
                    subject = subjects.add(subject) ? subject : subject + " (" + sensor + ")";
                    subjects.add(subject);
                    if (input.group(1).equals("temp")) {
                        addTemperature(chip, sensor, subject, value.getAsLong(), readings);
                    } else {
                        addFan(chip, sensor, subject, value.getAsLong(), readings);
                    }
                }
            }
        }
        return readings;
    }

    /** With the device it sits on, because a host may have several chips of a kind, and their numbers change. */
    private static String chipName(Path entry, Path chip) throws IOException {
        String name = KernelFile.tolerantText(chip.resolve("name")).orElse(String.valueOf(entry.getFileName()));
        Path device = entry.resolve("device");
        String place = Files.exists(device) ? String.valueOf(device.toRealPath().getFileName()) : "";
        return place.isEmpty() || place.equals(name) || place.equals("device") ? name : name + " " + place;
    }

    private static void addTemperature(Path chip, String sensor, String subject, long milli, List<Reading> readings) {
        if (milli <= LEAST_MILLI_CELSIUS || milli >= MOST_MILLI_CELSIUS) {
            return;
        }
        readings.add(Reading.of("sensor.temperature_celsius", subject, milli / 1000.0));
        limit(chip.resolve(sensor + "_max"))
                .ifPresent(max -> readings.add(Reading.of("sensor.margin_celsius", subject, (max - milli) / 1000.0)));
        limit(chip.resolve(sensor + "_crit"))
                .ifPresent(max ->
                        readings.add(Reading.of("sensor.critical_margin_celsius", subject, (max - milli) / 1000.0)));
    }

    private static OptionalLong limit(Path file) {
        OptionalLong limit = KernelFile.tolerant(file);
        boolean sane = limit.isPresent() && limit.getAsLong() > 0 && limit.getAsLong() < MOST_MILLI_CELSIUS;
        return sane ? limit : OptionalLong.empty();
    }

    private void addFan(Path chip, String sensor, String subject, long rpm, List<Reading> readings) {
        readings.add(Reading.of("sensor.fan_rpm", subject, (double) rpm));
        if (rpm > 0) {
            seenTurning.add(subject);
        }
        boolean mustTurn = KernelFile.tolerant(chip.resolve(sensor + "_min")).orElse(0) > 0;
        boolean alarm = KernelFile.tolerant(chip.resolve(sensor + "_alarm")).orElse(0) == 1;
        if (seenTurning.contains(subject) || mustTurn || alarm) {
            readings.add(Reading.of("sensor.fan_stopped", subject, rpm == 0 ? 1 : 0));
        }
    }
}
