package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Parts;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the machine measures of itself: temperatures, fans, memory errors, power supplies and processors. */
public final class HardwareSensorProbe implements Probe {
    private static final String SENSOR = "chip and sensor";
    private static final ProbeInfo INFO = new ProbeInfo(
            "hardware.sensor",
            Duration.ofSeconds(30),
            "What the machine measures of itself: temperatures, fans, memory errors, power supplies, processors.",
            "/sys/class/hwmon, /sys/class/thermal, EDAC, /sys/class/power_supply, or ipmitool with /dev/ipmi0",
            false,
            List.of(
                    new ReadingKind("sensor.temperature_celsius", SENSOR, "a temperature"),
                    new ReadingKind("sensor.margin_celsius", SENSOR, "how far it is below the chip's own limit"),
                    new ReadingKind("sensor.critical_margin_celsius", SENSOR, "how far it is below the critical limit"),
                    new ReadingKind("sensor.fan_rpm", SENSOR, "turns of a fan a minute"),
                    new ReadingKind(
                            "sensor.fan_stopped", SENSOR, "1 when a fan that turned before, or must, stands still"),
                    new ReadingKind("sensor.ipmi_status", SENSOR, "0 fine, 1 out of its usual range, 2 critical"),
                    new ReadingKind("ecc.corrected_errors", "memory controller", "errors that ECC mended"),
                    new ReadingKind("ecc.uncorrected_errors", "memory controller", "errors that it could not"),
                    new ReadingKind("power.online", "power supply", "1 while it has power"),
                    new ReadingKind("power.charge_ratio", "battery", "how full it is"),
                    new ReadingKind("cpu.online_count", "", "processors in use"),
                    new ReadingKind("cpu.offline_count", "", "processors that are there but not in use")));

    private final Path sys;
    private final HwmonSensors hwmon;
    private final ThermalZones zones;
    private final IpmiSensors ipmi;

    public HardwareSensorProbe(Path sys, Path dev, ToolRunner tools) {
        this.sys = sys;
        this.hwmon = new HwmonSensors(sys);
        this.zones = new ThermalZones(sys);
        this.ipmi = new IpmiSensors(dev, tools);
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        Parts parts = new Parts();
        parts.add(hwmon::read);
        parts.add(zones::read);
        parts.add(ipmi::read);
        parts.add(this::memory);
        parts.add(this::power);
        parts.add(this::processors);
        return parts.readings();
    }

    private List<Reading> memory() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (Path controller : KernelFile.entries(sys.resolve("devices/system/edac/mc"))) {
            String name = String.valueOf(controller.getFileName());
            OptionalLong corrected = KernelFile.number(controller.resolve("ce_count"));
            OptionalLong uncorrected = KernelFile.number(controller.resolve("ue_count"));
            corrected.ifPresent(count -> readings.add(Reading.of("ecc.corrected_errors", name, (double) count)));
            uncorrected.ifPresent(count -> readings.add(Reading.of("ecc.uncorrected_errors", name, (double) count)));
        }
        return readings;
    }

    private List<Reading> power() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (Path supply : KernelFile.entries(sys.resolve("class/power_supply"))) {
            String name = String.valueOf(supply.getFileName());
            String type = KernelFile.tolerantText(supply.resolve("type")).orElse("");
            // A device has a battery of its own too, such as a wireless mouse: no matter of the host.
            boolean device =
                    KernelFile.tolerantText(supply.resolve("scope")).orElse("").equals("Device");
            if (!device && (type.equals("Mains") || type.equals("UPS"))) {
                KernelFile.tolerant(supply.resolve("online"))
                        .ifPresent(online -> readings.add(Reading.of("power.online", name, online > 0 ? 1 : 0)));
            }
            if (!device && (type.equals("Battery") || type.equals("UPS"))) {
                KernelFile.tolerant(supply.resolve("capacity"))
                        .ifPresent(percent -> readings.add(Reading.of("power.charge_ratio", name, percent / 100.0)));
            }
        }
        return readings;
    }

    private List<Reading> processors() throws IOException {
        Path folder = sys.resolve("devices/system/cpu");
        int online = CpuList.count(KernelFile.text(folder.resolve("online")).orElse(""));
        int present = CpuList.count(KernelFile.text(folder.resolve("present")).orElse(""));
        if (online == 0 || present == 0) {
            return List.of();
        }
        return List.of(
                Reading.of("cpu.online_count", "", online),
                Reading.of("cpu.offline_count", "", Math.max(0, present - online)));
    }
}
