package io.keepwatch.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With programs that stand in for LVM, ZFS and mount: they write down what they are asked, "mount" copies the live directory,
 * and both it and "umount" keep the list of mounts as the kernel does.
 */
class SnapshotKeeperTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String NAME = "keepwatch-web-1-1700000000";

    private final Path folder;
    private final Path live;
    private final Path state;
    private final Path mountInfo;
    private final ScriptedTools tools;
    private final SnapshotKeeper keeper;

    SnapshotKeeperTest(@TempDir Path temporary) throws IOException {
        this.folder = temporary.toRealPath();
        this.live = Files.createDirectories(folder.resolve("live"));
        this.state = folder.resolve("snapshots");
        this.mountInfo = Files.createDirectories(folder.resolve("proc/self")).resolve("mountinfo");
        this.tools = new ScriptedTools(Files.createDirectory(folder.resolve("tools")));
        this.keeper = new SnapshotKeeper("Web_1", state, folder, tools.runner());
    }

    @BeforeEach
    void a_live_file() throws IOException {
        Files.writeString(live.resolve("file"), "before");
        mounted("253:2", "ext4", "/dev/mapper/vg--0-data");
        answers(Tool.MOUNT, """
                for place; do :; done
                cp -a '%s/.' "$place"
                echo "99 1 253:9 / $place ro - ext4 /dev/snap ro" >> '%s'""".formatted(live, mountInfo), 0);
        answers(Tool.UMOUNT, "rm -r \"$1\"/*; sed -i '\\| '\"$1\"' |d' '%s'".formatted(mountInfo), 0);
    }

    private void mounted(String number, String type, String source) throws IOException {
        Files.writeString(
                mountInfo,
                "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n21 20 %s / %s rw - %s %s rw\n"
                        .formatted(number, live, type, source));
    }

    private void answers(Tool tool, String body, int exitCode) {
        tools.script(tool, "echo \"${0##*/} $*\" >> '" + folder.resolve("asked") + "'\n" + body + "\nexit " + exitCode);
    }

    private void lvm(String type) throws IOException {
        Path device = Files.createDirectories(folder.resolve("sys/dev/block/253:2/dm"));
        Files.writeString(device.resolve("uuid"), "LVM-abc\n");
        Files.writeString(device.resolve("name"), "vg--0-data\n");
        Path block = Files.createDirectories(folder.resolve("sys/block/dm-2/dm"));
        Files.writeString(block.resolve("uuid"), "LVM-abc\n");
        answers(Tool.LVS, """
                cat <<'END'
                {"report": [{"lv": [{"vg_name": "vg-0", "lv_name": "data", "lv_attr": "-wi-ao----", "lv_size": "1073741824",
                  "origin": "", "pool_lv": "", "segtype": "%s", "data_percent": "", "metadata_percent": "",
                  "copy_percent": "", "lv_health_status": "", "lv_merging": "", "lv_device_open": "open"}]}]}
                END""".formatted(type), 0);
        answers(Tool.LVCREATE, "", 0);
        answers(Tool.LVREMOVE, "", 0);
    }

    private FrozenFiles freeze() throws IOException {
        return keeper.freeze(List.of(live), NOW, Optional.empty());
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(folder.resolve("asked")).stream()
                .filter(line -> !line.startsWith("lvs "))
                .toList();
    }

    private List<Path> records() throws IOException {
        try (var files = Files.list(state)) {
            return files.toList();
        }
    }

    @Test
    void a_volume_is_read_as_it_was_and_its_snapshot_is_gone_at_the_end() throws IOException {
        lvm("linear");
        try (FrozenFiles frozen = freeze()) {
            Files.writeString(live.resolve("file"), "after");
            assertThat(frozen.of(live.resolve("file"))).hasContent("before");
        }
        String place = state.resolve(NAME).toString();
        assertThat(asked())
                .containsExactly(
                        "lvcreate --snapshot --name " + NAME + " --size 209716s vg-0/data",
                        "mount -t ext4 -o ro,nodev,nosuid,noexec /dev/vg-0/" + NAME + " " + place,
                        "umount " + place,
                        "lvremove --yes vg-0/" + NAME);
        assertThat(records()).isEmpty();
    }

    @Test
    void the_room_of_a_snapshot_can_be_chosen() throws IOException {
        lvm("linear");
        keeper.freeze(List.of(live), NOW, Optional.of(ByteSize.parse("1MiB"))).close();
        assertThat(asked().get(0)).contains("--size 2048s");
    }

    @Test
    void a_thin_volume_needs_no_room_of_its_own() throws IOException {
        lvm("thin");
        freeze().close();
        assertThat(asked().get(0))
                .isEqualTo("lvcreate --snapshot --setactivationskip n --activate y --name " + NAME + " vg-0/data");
    }

    @Test
    void xfs_is_mounted_beside_its_own_twin() throws IOException {
        lvm("linear");
        mounted("253:2", "xfs", "/dev/mapper/vg--0-data");
        freeze().close();
        assertThat(asked().get(1)).contains("-t xfs -o ro,nodev,nosuid,noexec,nouuid");
    }

    @Test
    void what_a_crash_left_behind_is_removed_and_nothing_else() throws IOException {
        lvm("linear");
        freeze();
        assertThat(records()).isNotEmpty();
        Files.delete(folder.resolve("asked"));
        new SnapshotKeeper("Web_1", state, folder, tools.runner()).removeLeftOver();
        assertThat(asked()).containsExactly("umount " + state.resolve(NAME), "lvremove --yes vg-0/" + NAME);
        assertThat(records()).isEmpty();
        Files.delete(folder.resolve("asked"));
        keeper.removeLeftOver();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void what_was_only_recorded_is_forgotten() throws IOException {
        lvm("linear");
        freeze();
        answers(Tool.LVREMOVE, "echo '  Failed to find logical volume \"vg-0/" + NAME + "\"' >&2", 5);
        keeper.removeLeftOver();
        assertThat(records()).isEmpty();
    }

    @Test
    void what_cannot_be_removed_stays_on_record_and_is_tried_again() throws IOException {
        lvm("linear");
        FrozenFiles frozen = freeze();
        answers(Tool.LVREMOVE, "echo '  Logical volume contains a filesystem in use.' >&2", 5);
        frozen.close();
        assertThat(records()).hasSize(1);
        answers(Tool.LVREMOVE, "", 0);
        keeper.removeLeftOver();
        assertThat(records()).isEmpty();
    }

    @Test
    void a_snapshot_that_is_refused_leaves_nothing_and_has_the_words_of_the_program() throws IOException {
        lvm("linear");
        answers(Tool.LVCREATE, "echo '  Volume group \"vg-0\" has insufficient free space' >&2", 5);
        assertThatThrownBy(this::freeze)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has insufficient free space");
        assertThat(asked()).last().isEqualTo("lvremove --yes vg-0/" + NAME);
        assertThat(records()).isEmpty();
    }

    @Test
    void a_mount_that_is_refused_takes_the_snapshot_away_too() throws IOException {
        lvm("linear");
        answers(Tool.MOUNT, "echo 'mount: permission denied' >&2", 32);
        assertThatThrownBy(this::freeze).hasMessageContaining("permission denied");
        assertThat(asked()).last().isEqualTo("lvremove --yes vg-0/" + NAME);
        assertThat(records()).isEmpty();
    }

    @Test
    void a_zfs_data_set_is_mounted_and_destroyed_by_its_full_name() throws IOException {
        mounted("0:44", "zfs", "tank/data");
        answers(Tool.ZFS, "", 0);
        try (FrozenFiles frozen = freeze()) {
            assertThat(frozen.of(live.resolve("file"))).hasContent("before");
        }
        String full = "tank/data@" + NAME;
        assertThat(asked())
                .containsExactly(
                        "zfs snapshot " + full,
                        "mount -t zfs -o ro,nodev,nosuid,noexec " + full + " " + state.resolve(NAME),
                        "umount " + state.resolve(NAME),
                        "zfs destroy " + full);
    }

    @Test
    void a_missing_program_is_named_with_its_package() throws IOException {
        mounted("0:44", "zfs", "tank/data");
        assertThatThrownBy(this::freeze).hasMessage("zfs is not installed: install zfsutils-linux");
    }

    @Test
    void a_file_system_that_can_not_is_refused_with_what_to_do() {
        assertThatThrownBy(this::freeze)
                .hasMessageContaining("lies on ext4 (/dev/mapper/vg--0-data), of which no snapshot can be made")
                .hasMessageContaining("that takes btrfs, ZFS or a logical volume of LVM");
        assertThat(state).doesNotExist();
    }

    @Test
    void directories_on_different_file_systems_have_no_moment_in_common() throws IOException {
        mounted("0:44", "zfs", "tank/data");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(
                mountInfo,
                "30 20 0:45 / " + other + " rw - zfs tank/other rw\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThatThrownBy(() -> keeper.freeze(List.of(live, other), NOW, Optional.empty()))
                .hasMessageContaining("write a step for each of them");
    }

    @Test
    void a_mount_of_a_part_of_a_file_system_is_refused() throws IOException {
        lvm("linear");
        Files.writeString(mountInfo, "21 20 253:2 /srv " + live + " rw - ext4 /dev/mapper/vg--0-data rw\n");
        assertThatThrownBy(this::freeze).hasMessageContaining("shows only \"/srv\"");
    }

    @Test
    void two_snapshots_within_a_second_have_different_names() throws IOException {
        lvm("linear");
        freeze().close();
        freeze().close();
        assertThat(asked().stream().filter(line -> line.startsWith("lvcreate")).distinct())
                .hasSize(2);
    }
}
