package io.keepwatch.probe.linux;

import static io.keepwatch.probe.FolderHost.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.PartlyReadException;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareSensorProbeTest {
    private final FolderHost host;
    private final ScriptedTools tools;
    private final HardwareSensorProbe probe;

    HardwareSensorProbeTest(@TempDir Path root) throws IOException {
        this.host = new FolderHost(root);
        this.tools = new ScriptedTools(Files.createDirectory(root.resolve("bin")));
        this.probe = new HardwareSensorProbe(host.sys(), root.resolve("dev"), tools.runner());
    }

    private void chip(String number, String name, String device, String... files) throws IOException {
        Path place = Files.createDirectories(host.sys().resolve("devices/platform/" + device));
        String folder = "sys/class/hwmon/" + number + "/";
        host.write(folder + "name", name + "\n");
        Files.createSymbolicLink(host.root().resolve(folder + "device"), place);
        for (int i = 0; i < files.length; i += 2) {
            host.write(folder + files[i], files[i + 1] + "\n");
        }
    }

    @Test
    void a_temperature_is_held_against_the_chips_own_limits() throws IOException {
        chip(
                "hwmon0",
                "coretemp",
                "coretemp.0",
                "temp1_input",
                "81000",
                "temp1_label",
                "Package id 0",
                "temp1_max",
                "80000",
                "temp1_crit",
                "100000");
        List<Reading> readings = probe.read();
        String subject = "coretemp coretemp.0 Package id 0";
        assertThat(value(readings, "sensor.temperature_celsius", subject)).hasValue(81);
        assertThat(value(readings, "sensor.margin_celsius", subject)).hasValue(-1);
        assertThat(value(readings, "sensor.critical_margin_celsius", subject)).hasValue(19);
    }

    @Test
    void two_chips_of_a_kind_and_two_sensors_of_a_label_stay_apart() throws IOException {
        chip("hwmon0", "coretemp", "coretemp.0", "temp1_input", "1000", "temp1_label", "Core 0");
        chip(
                "hwmon1",
                "coretemp",
                "coretemp.1",
                "temp1_input",
                "2000",
                "temp1_label",
                "Core 0",
                "temp2_input",
                "3000",
                "temp2_label",
                "Core 0");
        assertThat(probe.read().stream().map(Reading::subject))
                .containsExactly(
                        "coretemp coretemp.0 Core 0",
                        "coretemp coretemp.1 Core 0",
                        "coretemp coretemp.1 Core 0 (temp2)");
    }

    @Test
    void a_limit_that_is_nonsense_is_none_and_a_loose_sensor_is_left_out() throws IOException {
        chip(
                "hwmon0",
                "nct6775",
                "nct6775.656",
                "temp1_input",
                "30000",
                "temp1_max",
                "0",
                "temp1_crit",
                "65261850",
                "temp2_input",
                "-62000",
                "temp3_input",
                "broken");
        assertThat(probe.read()).extracting(Reading::name).containsExactly("sensor.temperature_celsius");
    }

    @Test
    void a_fan_that_never_turned_is_not_there() throws IOException {
        chip(
                "hwmon0",
                "nct6775",
                "nct6775.656",
                "fan1_input",
                "0",
                "fan2_input",
                "900",
                "fan3_input",
                "0",
                "fan3_min",
                "300");
        List<Reading> readings = probe.read();
        assertThat(value(readings, "sensor.fan_stopped", "nct6775 nct6775.656 fan1"))
                .isEmpty();
        assertThat(value(readings, "sensor.fan_stopped", "nct6775 nct6775.656 fan2"))
                .hasValue(0);
        assertThat(value(readings, "sensor.fan_stopped", "nct6775 nct6775.656 fan3"))
                .hasValue(1);
        host.write("sys/class/hwmon/hwmon0/fan2_input", "0\n");
        assertThat(value(probe.read(), "sensor.fan_stopped", "nct6775 nct6775.656 fan2"))
                .hasValue(1);
    }

    @Test
    void a_thermal_zone_that_hwmon_shows_too_is_not_read_twice() throws IOException {
        host.write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n")
                .write("sys/class/thermal/thermal_zone0/temp", "48312\n")
                .write("sys/class/thermal/thermal_zone0/trip_point_0_type", "passive\n")
                .write("sys/class/thermal/thermal_zone0/trip_point_0_temp", "80000\n")
                .write("sys/class/thermal/thermal_zone0/trip_point_1_type", "critical\n")
                .write("sys/class/thermal/thermal_zone0/trip_point_1_temp", "98312\n")
                .write("sys/class/thermal/thermal_zone1/type", "acpitz\n")
                .write("sys/class/thermal/thermal_zone1/temp", "30000\n")
                .write("sys/class/thermal/thermal_zone1/hwmon0/name", "acpitz\n")
                .write("sys/class/thermal/cooling_device0/type", "Fan\n");
        List<Reading> readings = probe.read();
        assertThat(value(readings, "sensor.temperature_celsius", "thermal_zone0 cpu-thermal"))
                .hasValue(48.312);
        assertThat(value(readings, "sensor.critical_margin_celsius", "thermal_zone0 cpu-thermal"))
                .hasValue(50);
        assertThat(readings).hasSize(2);
    }

    @Test
    void memory_errors_power_and_processors_are_counted() throws IOException {
        host.write("sys/devices/system/edac/mc/mc0/ce_count", "12\n")
                .write("sys/devices/system/edac/mc/mc0/ue_count", "1\n")
                .write("sys/class/power_supply/AC/type", "Mains\n")
                .write("sys/class/power_supply/AC/online", "0\n")
                .write("sys/class/power_supply/BAT0/type", "Battery\n")
                .write("sys/class/power_supply/BAT0/capacity", "85\n")
                .write("sys/class/power_supply/mouse/type", "Battery\n")
                .write("sys/class/power_supply/mouse/scope", "Device\n")
                .write("sys/class/power_supply/mouse/capacity", "3\n")
                .write("sys/devices/system/cpu/present", "0-7\n")
                .write("sys/devices/system/cpu/online", "0-3,5,7\n");
        List<Reading> readings = probe.read();
        assertThat(value(readings, "ecc.corrected_errors", "mc0")).hasValue(12);
        assertThat(value(readings, "ecc.uncorrected_errors", "mc0")).hasValue(1);
        assertThat(value(readings, "power.online", "AC")).hasValue(0);
        assertThat(value(readings, "power.charge_ratio", "BAT0")).hasValue(0.85);
        assertThat(value(readings, "power.charge_ratio", "mouse")).isEmpty();
        assertThat(value(readings, "cpu.online_count", "")).hasValue(6);
        assertThat(value(readings, "cpu.offline_count", "")).hasValue(2);
    }

    @Test
    void the_boards_controller_tells_what_is_out_of_its_range() throws IOException {
        tools.prints(Tool.IPMITOOL, """
                CPU1 Temp,42,degrees C,ok
                FAN1,4200,RPM,ok
                FAN2,0,RPM,cr
                PS1 Status,C8h,ok,10.1,Presence detected
                PS2 Status,C9h,ok,10.2,Presence detected, Power Supply AC lost
                PS3 Status,CAh,ok,10.3,Presence detected, Predictive failure
                PS Redundancy,D0h,ok,10.0,Redundancy Lost
                Intrusion,73h,ok,7.1,
                Watchdog,80h,ns,7.1,No Reading
                PS1 Load,12,percent,ok,10.1,Presence detected, Failure detected
                DIMM9,,,ns
                """, 0);
        assertThat(probe.read()).as("no controller").isEmpty();
        host.write("dev/ipmi0", "");
        List<Reading> readings = probe.read();
        assertThat(value(readings, "sensor.ipmi_status", "ipmi FAN1")).hasValue(0);
        assertThat(value(readings, "sensor.ipmi_status", "ipmi FAN2")).hasValue(2);
        assertThat(value(readings, "sensor.ipmi_status", "ipmi PS1 Status")).hasValue(0);
        assertThat(value(readings, "sensor.ipmi_status", "ipmi PS2 Status")).hasValue(2);
        assertThat(value(readings, "sensor.ipmi_status", "ipmi PS3 Status")).hasValue(1);
        assertThat(value(readings, "sensor.ipmi_status", "ipmi PS Redundancy")).hasValue(2);
        assertThat(value(readings, "sensor.ipmi_status", "ipmi Intrusion")).hasValue(0);
        assertThat(value(readings, "sensor.ipmi_status", "ipmi PS1 Load")).hasValue(2);
        assertThat(readings).hasSize(9);
        assertThat(readings)
                .extracting(reading -> reading.labels().get("value"))
                .contains("42 degrees C", "Presence detected, Power Supply AC lost");
        tools.script(Tool.IPMITOOL, "echo 'Could not open device' >&2; exit 1");
        assertThatThrownBy(probe::read).hasMessage("ipmitool could not read the sensors: Could not open device");
        chip("hwmon0", "nct6775", "nct6775.656", "temp1_input", "30000");
        assertThatThrownBy(probe::read)
                .as("a controller that does not answer hides no other sensor")
                .isInstanceOfSatisfying(
                        PartlyReadException.class,
                        partly -> assertThat(partly.readings())
                                .extracting(Reading::name)
                                .containsExactly("sensor.temperature_celsius"));
    }

    @Test
    void a_virtual_machine_has_nothing_but_processors() throws IOException {
        assertThat(probe.read()).isEmpty();
    }
}
