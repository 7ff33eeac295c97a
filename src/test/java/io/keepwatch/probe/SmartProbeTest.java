package io.keepwatch.probe;

import static io.keepwatch.probe.FolderHost.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmartProbeTest {
    @TempDir
    private Path folder;

    /** A smartctl that finds one disk and answers with a text and an exit code. */
    private List<Reading> read(String device, String answer, int exitCode) throws IOException {
        Files.writeString(folder.resolve("answer"), answer);
        ScriptedTools tools =
                new ScriptedTools(folder).script(Tool.SMARTCTL, """
                        echo "$@" >> '%s/asked'
                        case "$*" in
                        *--scan-open*) echo '{"devices":[{"name":"%s","type":"sat"}]}' ;;
                        *) cat '%s/answer'; exit %d ;;
                        esac
                        """.formatted(folder, device, folder, exitCode));
        return new SmartProbe(folder, tools.runner()).read();
    }

    @Test
    void a_sata_disk_tells_its_sectors_whatever_stands_behind_the_number() throws IOException {
        List<Reading> readings = read("/dev/sda", ScriptedTools.captured("smart/sata.json"), 0);
        assertThat(value(readings, "smart.failed", "/dev/sda")).hasValue(0);
        assertThat(value(readings, "smart.reallocated_sectors", "/dev/sda")).hasValue(8);
        assertThat(value(readings, "smart.pending_sectors", "/dev/sda")).hasValue(2);
        assertThat(value(readings, "smart.offline_uncorrectable_sectors", "/dev/sda"))
                .hasValue(0);
        assertThat(value(readings, "smart.temperature_celsius", "/dev/sda")).hasValue(35);
        assertThat(value(readings, "smart.powered_seconds", "/dev/sda")).hasValue(21525 * 3600.0);
        assertThat(readings)
                .allSatisfy(reading -> assertThat(reading.labels())
                        .containsEntry("serial", "SATA0001")
                        .containsEntry("model", "EXAMPLE HD4000"));
    }

    @Test
    void a_sas_disk_tells_its_grown_defects() throws IOException {
        List<Reading> readings = read("/dev/sdb", ScriptedTools.captured("smart/sas.json"), 0);
        assertThat(value(readings, "smart.reallocated_sectors", "/dev/sdb")).hasValue(12);
        assertThat(value(readings, "smart.uncorrected_errors", "/dev/sdb")).hasValue(4);
        assertThat(value(readings, "smart.temperature_celsius", "/dev/sdb")).hasValue(41);
    }

    @Test
    void an_nvme_disk_tells_its_spare_and_wear() throws IOException {
        List<Reading> readings = read("/dev/nvme0", ScriptedTools.captured("smart/nvme.json"), 0);
        assertThat(value(readings, "smart.spare_ratio", "/dev/nvme0")).hasValue(0.12);
        assertThat(value(readings, "smart.spare_margin_ratio", "/dev/nvme0")).hasValue(0.02);
        assertThat(value(readings, "smart.worn_ratio", "/dev/nvme0")).hasValue(1.04);
        assertThat(value(readings, "smart.media_errors", "/dev/nvme0")).hasValue(7);
        assertThat(value(readings, "smart.critical_warnings", "/dev/nvme0")).hasValue(2);
    }

    @Test
    void disks_of_a_virtual_machine_are_read_as_far_as_they_go() throws IOException {
        List<Reading> sata = read("/dev/sdj", ScriptedTools.captured("captured/smart-sata-qemu.json"), 0);
        assertThat(value(sata, "smart.failed", "/dev/sdj")).hasValue(0);
        assertThat(value(sata, "smart.reallocated_sectors", "/dev/sdj")).hasValue(0);
        assertThat(value(sata, "smart.temperature_celsius", "/dev/sdj")).hasValue(31);
        assertThat(read("/dev/sdb", ScriptedTools.captured("captured/smart-scsi-qemu.json"), 4))
                .isEmpty();
    }

    @Test
    void an_nvme_disk_without_spare_and_limit_is_not_worn_out() throws IOException {
        List<Reading> nvme = read("/dev/nvme0", ScriptedTools.captured("captured/smart-nvme-qemu.json"), 0);
        assertThat(value(nvme, "smart.failed", "/dev/nvme0")).hasValue(0);
        assertThat(value(nvme, "smart.media_errors", "/dev/nvme0")).hasValue(0);
        assertThat(value(nvme, "smart.spare_margin_ratio", "/dev/nvme0")).isEmpty();
    }

    @Test
    void an_nvme_disk_with_critical_warnings_fails() throws IOException {
        List<Reading> nvme = read("/dev/nvme1", ScriptedTools.captured("captured/smart-nvme-failing-qemu.json"), 8);
        assertThat(value(nvme, "smart.failed", "/dev/nvme1")).hasValue(1);
        assertThat(value(nvme, "smart.critical_warnings", "/dev/nvme1")).hasValue(2);
        assertThat(value(nvme, "smart.media_errors", "/dev/nvme1")).hasValue(0);
    }

    @Test
    void the_bit_for_a_failing_disk_counts_and_those_for_old_errors_do_not() throws IOException {
        String sata = ScriptedTools.captured("smart/sata.json");
        assertThat(value(read("/dev/sda", sata, 8), "smart.failed", "/dev/sda")).hasValue(1);
        assertThat(value(read("/dev/sda", sata, 64 | 32 | 4), "smart.failed", "/dev/sda"))
                .hasValue(0);
    }

    @Test
    void numbers_that_a_vendor_uses_for_something_else_are_no_sectors() throws IOException {
        List<Reading> readings = read("/dev/sda", """
                {"device": {"name": "/dev/sda", "protocol": "ATA"}, "smart_status": {"passed": true},
                 "ata_smart_attributes": {"table": [
                  {"id": 5, "name": "Retired_Block_Count", "raw": {"value": 3, "string": "3"}},
                  {"id": 197, "name": "Not_In_Use", "raw": {"value": 44, "string": "44"}},
                  {"id": 198, "name": "Host_Reads_GiB", "raw": {"value": 5120, "string": "5120"}}]}}
                """, 0);
        assertThat(value(readings, "smart.reallocated_sectors", "/dev/sda")).hasValue(3);
        assertThat(readings)
                .extracting(Reading::name)
                .doesNotContain("smart.pending_sectors", "smart.offline_uncorrectable_sectors");
    }

    @Test
    void disks_behind_a_controller_are_told_apart_by_their_type() throws IOException {
        ScriptedTools tools = new ScriptedTools(folder).script(Tool.SMARTCTL, """
                case "$*" in
                *--scan-open*) echo '{"devices": [
                  {"name": "/dev/sda", "type": "scsi"},
                  {"name": "/dev/bus/0", "info_name": "/dev/bus/0 [megaraid_disk_08]", "type": "megaraid,8"},
                  {"name": "/dev/bus/0", "info_name": "/dev/bus/0 [megaraid_disk_09]", "type": "megaraid,9"}]}' ;;
                *megaraid,8*) echo '{"smart_status": {"passed": true}, "scsi_grown_defect_list": 0}' ;;
                *megaraid,9*) echo '{"smart_status": {"passed": true}, "scsi_grown_defect_list": 7}' ;;
                *) echo '{"smart_support": {"available": false}}' ;;
                esac
                """);
        List<Reading> readings = new SmartProbe(folder, tools.runner()).read();
        assertThat(value(readings, "smart.reallocated_sectors", "/dev/bus/0 megaraid,8"))
                .hasValue(0);
        assertThat(value(readings, "smart.reallocated_sectors", "/dev/bus/0 megaraid,9"))
                .hasValue(7);
    }

    @Test
    void a_sleeping_disk_is_left_asleep() throws IOException {
        List<Reading> readings = read("/dev/sda", """
                {"smartctl": {"exit_status": 2, "messages": [
                  {"string": "Device is in STANDBY mode, exit(2)", "severity": "information"}]},
                 "device": {"name": "/dev/sda", "type": "sat", "protocol": "ATA"}}
                """, 2);
        assertThat(readings).extracting(Reading::name).containsExactly("smart.asleep");
        assertThat(folder.resolve("asked")).content().contains("--json -n standby -a -d sat /dev/sda");
    }

    @Test
    void a_bridge_that_hides_its_disk_is_told_and_hides_no_other() throws IOException {
        List<Reading> readings = read("/dev/sdc", """
                {"smartctl": {"exit_status": 1, "messages": [
                  {"string": "/dev/sdc: Unknown USB bridge [0x1234:0x5678 (0x001)]", "severity": "error"}]}}
                """, 1);
        assertThat(readings).extracting(Reading::name).containsExactly("smart.unreadable");
    }

    @Test
    void a_disk_that_does_not_answer_is_told_and_hides_no_other() throws IOException {
        ScriptedTools tools = new ScriptedTools(folder).script(Tool.SMARTCTL, """
                case "$*" in
                *--scan-open*) exec sleep 60 ;;
                *--scan*) echo '{"devices": [{"name": "/dev/sda"}, {"name": "/dev/sdb"}, {"name": "/dev/sdc"}]}' ;;
                *sda) exec sleep 60 ;;
                *sdb) echo '{"smart_status": {"pas' ;;
                *) echo '{"smart_status": {"passed": true}}'; echo "$@" >> '%s/asked' ;;
                esac
                """.formatted(folder));
        SmartProbe probe = new SmartProbe(folder, tools.runner(), Duration.ofMillis(300));
        List<Reading> readings = probe.read();
        assertThat(value(readings, "smart.unreadable", "/dev/sda")).hasValue(1);
        assertThat(value(readings, "smart.unreadable", "/dev/sdb")).hasValue(1);
        assertThat(value(readings, "smart.failed", "/dev/sdc")).hasValue(0);
        assertThat(probe.read().get(0).subject())
                .as("those that answer come first")
                .isEqualTo("/dev/sdc");
    }

    @Test
    void a_scan_that_fails_is_not_a_host_without_disks() throws IOException {
        ScriptedTools tools = new ScriptedTools(folder).script(Tool.SMARTCTL, "echo '{}'; exit 1");
        assertThatThrownBy(() -> new SmartProbe(folder, tools.runner()).read())
                .hasMessageContaining("smartctl --json --scan ended with exit code 1");
    }

    @Test
    void disks_that_no_time_was_left_for_are_not_taken_for_gone() throws IOException {
        ScriptedTools tools =
                new ScriptedTools(folder).script(Tool.SMARTCTL, "echo '{\"devices\": [{\"name\": \"/dev/sda\"}]}'");
        assertThatThrownBy(() -> new SmartProbe(folder, tools.runner(), Duration.ofSeconds(27)).read())
                .hasMessage("no time was left to ask /dev/sda, because other disks do not answer");
    }

    @Test
    void a_virtual_disk_has_nothing_to_tell() throws IOException {
        assertThat(read("/dev/vda", """
                {"smartctl": {"exit_status": 4}, "device": {"name": "/dev/vda", "type": "scsi"},
                 "smart_support": {"available": false}}
                """, 4)).isEmpty();
    }

    @Test
    void without_smartctl_there_is_nothing() throws IOException {
        assertThat(new SmartProbe(folder, new ScriptedTools(folder).runner()).read())
                .isEmpty();
    }

    @Test
    void disks_are_looked_for_only_where_a_device_is_new_and_now_and_then() throws IOException {
        Path dev = Files.createDirectory(folder.resolve("dev"));
        Path asked = folder.resolve("asked");
        ScriptedTools tools = new ScriptedTools(folder)
                .script(Tool.SMARTCTL, "case \"$*\" in *--scan-open*) echo . >> '" + asked + "' ;; esac; echo '{}'");
        SmartProbe probe = new SmartProbe(dev, tools.runner());
        for (int i = 0; i < 36; i++) {
            probe.read();
        }
        assertThat(asked).content().hasLineCount(1);
        probe.read();
        assertThat(asked).content().hasLineCount(2);
        Files.createFile(dev.resolve("sdb"));
        probe.read();
        assertThat(asked).content().hasLineCount(3);
    }
}
