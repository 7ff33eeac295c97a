package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Temperatures of /sys/class/thermal that hwmon does not show too: the usual source on small boards. */
final class ThermalZones {
    private final Path thermal;

    ThermalZones(Path sys) {
        this.thermal = sys.resolve("class/thermal");
    }

    List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (Path zone : KernelFile.entries(thermal)) {
            String folder = String.valueOf(zone.getFileName());
            OptionalLong milli = KernelFile.tolerant(zone.resolve("temp"));
            if (folder.startsWith("thermal_zone") && milli.isPresent() && !isInHwmon(zone)) {
                String subject = folder + " "
                        + KernelFile.tolerantText(zone.resolve("type")).orElse("");
                readings.add(Reading.of("sensor.temperature_celsius", subject.strip(), milli.getAsLong() / 1000.0));
                addCritical(zone, subject.strip(), milli.getAsLong(), readings);
            }
        }
        return readings;
    }

    private static boolean isInHwmon(Path zone) throws IOException {
        for (Path entry : KernelFile.entries(zone)) {
            if (String.valueOf(entry.getFileName()).startsWith("hwmon") && Files.isDirectory(entry)) {
                return true;
            }
        }
        return false;
    }

    private static void addCritical(Path zone, String subject, long milli, List<Reading> readings) {
        for (int i = 0; Files.exists(zone.resolve("trip_point_" + i + "_type")); i++) {
            String type = KernelFile.tolerantText(zone.resolve("trip_point_" + i + "_type"))
                    .orElse("");
            OptionalLong trip = KernelFile.tolerant(zone.resolve("trip_point_" + i + "_temp"));
            if (type.equals("critical") && trip.isPresent() && trip.getAsLong() > 0) {
                double margin = (trip.getAsLong() - milli) / 1000.0;
                readings.add(Reading.of("sensor.critical_margin_celsius", subject, margin));
                return;
            }
        }
    }
}
