package io.keepwatch.probe.linux;

import static io.keepwatch.probe.FolderHost.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.PartlyReadException;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.linux.RaidArray.Degradation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RAID by controllers, LVM and btrfs, and ZFS without JSON. */
class OtherRaidTest {
    private final FolderHost host;
    private final ScriptedTools tools;

    OtherRaidTest(@TempDir Path root) throws IOException {
        this.host = new FolderHost(root);
        this.tools = new ScriptedTools(Files.createDirectory(root.resolve("bin")));
    }

    @Test
    void a_megaraid_controller_tells_by_storcli() throws IOException {
        tools.prints(Tool.STORCLI, ScriptedTools.captured("tools/storcli.json"), 0);
        assertThat(RaidText.of(new StorcliRaid(tools.runner(), Tool.STORCLI).arrays()))
                .containsExactly(
                        "c0/v0 raid1 healthy NONE, 2 members, 0 missing, 0 failed, 1 spares",
                        "c0/v1 raid5 recovering DEGRADED, 3 members, 1 missing, 0 failed, 1 spares",
                        "c0/v2 raid0 failed FAILED, 1 members, 1 missing, 1 failed, 1 spares");
    }

    @Test
    void a_disk_that_was_pulled_is_missing_although_the_controller_lists_it_no_longer() throws IOException {
        tools.prints(Tool.STORCLI, """
                {"Controllers": [{"Command Status": {"Controller": 0, "Status": "Success"}, "Response Data": {
                  "TOPOLOGY": [
                    {"DG": 0, "Arr": "-", "Row": "-", "EID:Slot": "-", "Type": "RAID5", "State": "Dgrd"},
                    {"DG": 0, "Arr": 0, "Row": "-", "EID:Slot": "-", "Type": "RAID5", "State": "Dgrd"},
                    {"DG": 0, "Arr": 0, "Row": 0, "EID:Slot": "32:0", "Type": "DRIVE", "State": "Onln"},
                    {"DG": 0, "Arr": 0, "Row": 1, "EID:Slot": "-", "Type": "DRIVE", "State": "Msng"},
                    {"DG": 0, "Arr": 0, "Row": 2, "EID:Slot": "32:2", "Type": "DRIVE", "State": "Onln"},
                    {"DG": 0, "Arr": "-", "Row": "-", "EID:Slot": "32:3", "Type": "DRIVE", "State": "DHS"}],
                  "VD LIST": [{"DG/VD": "0/0", "TYPE": "RAID5", "State": "Dgrd"}],
                  "PD LIST": [
                    {"EID:Slt": "32:0", "State": "Onln", "DG": 0},
                    {"EID:Slt": "32:2", "State": "Onln", "DG": 0},
                    {"EID:Slt": "32:3", "State": "DHS", "DG": 0}]}}]}
                """, 0);
        assertThat(RaidText.of(new StorcliRaid(tools.runner(), Tool.STORCLI).arrays()))
                .containsExactly("c0/v0 raid5 degraded DEGRADED, 3 members, 1 missing, 0 failed, 1 spares");
    }

    @Test
    void a_controller_that_does_not_answer_is_not_one_without_arrays() throws IOException {
        String answer =
                "{\"Controllers\": [{\"Command Status\": {%s\"Status\": \"Failure\", \"Description\": \"%s\"}}]}";
        tools.prints(Tool.STORCLI, answer.formatted("", "No Controller found"), 0);
        assertThat(new StorcliRaid(tools.runner(), Tool.STORCLI).arrays()).isEmpty();
        tools.prints(Tool.STORCLI, answer.formatted("\"Controller\": 1, ", "Firmware is in fault state"), 0);
        assertThatThrownBy(() -> new StorcliRaid(tools.runner(), Tool.STORCLI).arrays())
                .hasMessageContaining("controller 1: Firmware is in fault state");
    }

    @Test
    void disks_outside_of_arrays_belong_to_none() throws IOException {
        tools.prints(Tool.SSACLI, """
                Smart Array P408i-a in Slot 0 (Embedded)   (sn: EXAMPLE0002)

                   Array A

                      logicaldrive 1 (279.37 GB, RAID 1, OK)

                      physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS HDD, 300 GB, OK)
                      physicaldrive 1I:1:2 (port 1I:box 1:bay 2, SAS HDD, 300 GB, OK)

                   Array B

                      logicaldrive 2 (279.37 GB, RAID 0, OK)

                      physicaldrive 1I:1:3 (port 1I:box 1:bay 3, SAS HDD, 300 GB, OK)

                   HBA Drives

                      physicaldrive 1I:1:4 (port 1I:box 1:bay 4, SAS HDD, 900 GB, Failed)
                """, 0);
        assertThat(RaidText.of(new SsacliRaid(tools.runner()).arrays()))
                .containsExactly(
                        "slot0/ld1 raid1 healthy NONE, 2 members, 0 missing, 0 failed, 0 spares",
                        "slot0/ld2 raid0 healthy NONE, 1 members, 0 missing, 0 failed, 0 spares");
    }

    @Test
    void a_spare_that_stands_in_waits_no_more() throws IOException {
        tools.prints(Tool.SSACLI, """
                Smart Array P420i in Slot 1   (sn: EXAMPLE0003)

                   Array A (SAS, Unused Space: 0  MB)

                      logicaldrive 1 (1.64 TB, RAID 5, Interim Recovery Mode)

                      physicaldrive 1I:1:1 (port 1I:box 1:bay 1, SAS HDD, 900 GB, OK)
                      physicaldrive 1I:1:2 (port 1I:box 1:bay 2, SAS HDD, 900 GB, Failed)
                      physicaldrive 1I:1:3 (port 1I:box 1:bay 3, SAS HDD, 900 GB, OK)
                      physicaldrive 1I:1:4 (port 1I:box 1:bay 4, SAS HDD, 900 GB, OK, active spare for 1I:1:2)
                      physicaldrive 1I:1:5 (port 1I:box 1:bay 5, SAS HDD, 900 GB, OK, spare)
                """, 0);
        assertThat(RaidText.of(new SsacliRaid(tools.runner()).arrays()))
                .containsExactly("slot1/ld1 raid5 degraded DEGRADED, 3 members, 1 missing, 1 failed, 1 spares");
    }

    @Test
    void a_smart_array_controller_tells_by_ssacli() throws IOException {
        tools.prints(Tool.SSACLI, ScriptedTools.captured("tools/ssacli.txt"), 0);
        List<RaidArray> arrays = new SsacliRaid(tools.runner()).arrays();
        assertThat(RaidText.of(arrays))
                .containsExactly(
                        "slot0/ld1 raid1 healthy NONE, 2 members, 0 missing, 0 failed, 0 spares",
                        "slot0/ld2 raid5 degraded DEGRADED, 3 members, 1 missing, 1 failed, 1 spares",
                        "slot0/ld3 raid6 recovering DEGRADED, 2 members, 1 missing, 0 failed, 0 spares");
        assertThat(arrays.get(2).progress()).hasValue(0.425);
    }

    @Test
    void an_older_zpool_has_no_json_and_tells_the_health_alone() throws IOException {
        tools.script(
                Tool.ZPOOL,
                "case $1 in status) echo \"invalid option 'j'\" >&2; exit 2;; list) printf 'tank\\tDEGRADED\\nold\\tFAULTED\\n';; esac");
        assertThat(new ZpoolRaid(tools.runner()).arrays())
                .extracting(RaidArray::degradation)
                .containsExactly(Degradation.DEGRADED, Degradation.FAILED);
    }

    @Test
    void lvs_is_not_asked_where_the_kernel_knows_no_volume() throws IOException {
        tools.script(Tool.LVS, "touch '" + host.root().resolve("asked") + "'");
        assertThat(new LvmReport(host.sys(), tools.runner()).read()).isEmpty();
        assertThat(host.root().resolve("asked")).doesNotExist();
    }

    @Test
    void btrfs_tells_by_sysfs() throws IOException {
        String top = "sys/fs/btrfs/12345678-1234-1234-1234-123456789abc/";
        host.write(top + "label", "data\n");
        host.write(top + "devinfo/1/missing", "0\n").write(top + "devinfo/2/missing", "0\n");
        host.write(top + "devinfo/1/error_stats", "write_errs 0\nread_errs 0\nflush_errs 0\ncorruption_errs 0\n");
        BtrfsRaid raid = new BtrfsRaid(host.sys());
        assertThat(RaidText.of(raid.arrays()))
                .containsExactly("data btrfs healthy NONE, 2 members, 0 missing, 0 failed, 0 spares");
        host.write(top + "devinfo/1/error_stats", "write_errs 0\nread_errs 4\nflush_errs 0\ncorruption_errs 0\n");
        assertThat(raid.arrays()).extracting(RaidArray::state).containsExactly("errors");
        host.write(top + "devinfo/2/missing", "1\n");
        assertThat(raid.arrays()).extracting(RaidArray::state).containsExactly("degraded");
    }

    @Test
    void a_tool_that_fails_or_says_nothing_is_not_one_without_arrays() throws IOException {
        tools.prints(Tool.SSACLI, "\nError: No controllers detected. Possible causes:\n", 1);
        assertThat(new SsacliRaid(tools.runner()).arrays()).isEmpty();
        tools.prints(Tool.SSACLI, "Error: Another instance of ssacli is running!\n", 1);
        assertThatThrownBy(() -> new SsacliRaid(tools.runner()).arrays())
                .hasMessageContaining("exit code 1: Error: Another instance");
        tools.prints(Tool.SSACLI, "", 0);
        assertThatThrownBy(() -> new SsacliRaid(tools.runner()).arrays()).hasMessageContaining("it said nothing");
        tools.prints(Tool.STORCLI, "", 0);
        assertThatThrownBy(() -> new StorcliRaid(tools.runner(), Tool.STORCLI).arrays())
                .hasMessageContaining("storcli64 printed nothing");
        tools.prints(Tool.STORCLI, "{}", 255);
        assertThatThrownBy(() -> new StorcliRaid(tools.runner(), Tool.STORCLI).arrays())
                .hasMessageContaining("should list controllers but ended with exit code 255");
    }

    @Test
    void a_source_that_fails_hides_no_other_array() throws IOException {
        host.write("proc/mdstat", """
                Personalities : [raid1]
                md0 : active raid1 sda1[0]
                      1048512 blocks super 1.2 [2/1] [U_]

                unused devices: <none>
                """);
        tools.script(Tool.ZPOOL, "echo 'cannot open pool: I/O error' >&2; exit 1");
        assertThatThrownBy(() -> new RaidStateProbe(host.proc(), host.sys(), tools.runner()).read())
                .isInstanceOfSatisfying(PartlyReadException.class, partly -> {
                    assertThat(partly).hasMessageContaining("cannot open pool: I/O error");
                    assertThat(value(partly.readings(), "raid.degradation", "md0"))
                            .hasValue(1);
                });
    }

    @Test
    void zpool_without_its_kernel_module_has_no_pools() throws IOException {
        for (String word : List.of(
                "The ZFS modules cannot be auto-loaded.",
                "The ZFS modules are not loaded.",
                "/dev/zfs and /proc/self/mounts are required.")) {
            tools.script(Tool.ZPOOL, "echo '" + word + "' >&2; exit 1");
            assertThat(new ZpoolRaid(tools.runner()).arrays()).as(word).isEmpty();
        }
    }
}
