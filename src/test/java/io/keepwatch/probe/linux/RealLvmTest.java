package io.keepwatch.probe.linux;

import static io.keepwatch.probe.FolderHost.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.event.Reading;
import io.keepwatch.file.TestCommand;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real volumes of LVM on a loop device, where the kernel has device-mapper and root may make them. */
class RealLvmTest {
    private static final Path SYS = Path.of("/sys");
    private static final int MIB = 1 << 20;

    private final String group = "keepwatch" + ProcessHandle.current().pid();
    private final ToolRunner tools = ToolRunner.ofThisHost();

    @TempDir
    private Path folder;

    private LoopDisks disks;

    @BeforeEach
    void make_a_group_with_a_volume() throws IOException, InterruptedException {
        disks = new LoopDisks(folder);
        assumeTrue(TestCommand.succeeds("lvm", "version"), "lvm of lvm2 is missing");
        TestCommand.succeeds("modprobe", "dm_snapshot");
        assumeTrue(
                Files.readString(Path.of("/proc/devices")).contains("device-mapper"),
                "this kernel has no device-mapper");
        String disk = disks.make(1, 64L * MIB).get(0);
        run("pvcreate", "--quiet", "--yes", disk);
        disks.undoBy("pvremove", "--quiet", "--yes", disk);
        run("vgcreate", "--quiet", "--physicalextentsize", "1m", group, disk);
        disks.undoBy("vgremove", "--quiet", "--yes", "--force", group);
        run("lvcreate", "--quiet", "--yes", "--size", "24m", "--name", "data", group);
    }

    @AfterEach
    void take_apart() {
        disks.close();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assumeTrue(
                TestCommand.succeeds(command),
                () -> "LVM cannot be used on this machine: " + String.join(" ", command));
    }

    private void write(byte[] bytes) throws IOException {
        try (RandomAccessFile volume = new RandomAccessFile("/dev/" + group + "/data", "rw")) {
            volume.write(bytes);
            volume.getFD().sync();
        }
    }

    private byte[] readBack(int length) throws IOException {
        try (RandomAccessFile volume = new RandomAccessFile("/dev/" + group + "/data", "r")) {
            byte[] bytes = new byte[length];
            volume.readFully(bytes);
            return bytes;
        }
    }

    private List<Reading> readings() throws IOException {
        return new LvmSnapshotProbe(SYS, tools).read();
    }

    @Test
    void a_snapshot_fills_up_and_takes_its_origin_back() throws Exception {
        byte[] before = new byte[6 * MIB];
        new Random(1).nextBytes(before);
        write(before);
        LvmSnapshots snapshots = new LvmSnapshots(tools);
        snapshots.create(group + "/data", "before", ByteSize.parse("8MiB"));
        String snapshot = group + "/before";
        assertThat(value(readings(), "lvm.snapshot_used_ratio", snapshot).orElseThrow())
                .isLessThan(0.1);
        byte[] after = new byte[6 * MIB];
        new Random(2).nextBytes(after);
        write(after);
        assertThat(value(readings(), "lvm.snapshot_used_ratio", snapshot).orElseThrow())
                .isBetween(0.7, 0.95);
        assertThat(snapshots.merge(snapshot)).as("nothing has the origin open").isFalse();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(readings()).isEmpty());
        assertThat(readBack(before.length)).isEqualTo(before);
    }
}
