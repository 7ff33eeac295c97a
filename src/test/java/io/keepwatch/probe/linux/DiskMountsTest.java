package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskMountsTest {
    @TempDir
    Path host;

    /** sda1 is mounted; sda2 and sdb carry a volume that is mounted as /srv; sdc1 is half of a mirror below /data. */
    @BeforeEach
    void make_a_host() throws IOException {
        Files.createDirectories(host.resolve("proc/self"));
        Files.writeString(host.resolve("proc/self/mountinfo"), """
                21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
                22 21 254:0 / /srv rw,relatime - xfs /dev/mapper/vg-srv rw
                23 21 9:0 / /data\\040sets rw,relatime - ext4 /dev/md0 rw
                24 21 8:64 / /other rw,relatime - ext4 /dev/sde rw
                """);
        disk("sda", "sda1", "sda2");
        disk("sdb");
        disk("sdc", "sdc1");
        disk("sdd", "sdd1");
        disk("sde");
        stacked("dm-0", "sda2", "sdb");
        Files.createDirectories(block("dm-0").resolve("dm"));
        Files.writeString(block("dm-0").resolve("dm/name"), "vg-srv\n");
        stacked("md0", "sdc1", "sdd1");
    }

    private Path block(String name) {
        return host.resolve("sys/class/block").resolve(name);
    }

    private void disk(String name, String... partitions) throws IOException {
        Path device =
                Files.createDirectories(host.resolve("sys/devices/pci/block").resolve(name));
        Files.createDirectories(block(name).getParent());
        Files.createSymbolicLink(block(name), device);
        for (String partition : partitions) {
            Path part = Files.createDirectories(device.resolve(partition));
            Files.writeString(part.resolve("partition"), "1\n");
            Files.createSymbolicLink(block(partition), part);
        }
    }

    private void stacked(String name, String... slaves) throws IOException {
        for (String slave : slaves) {
            Files.createDirectories(block(name).resolve("slaves").resolve(slave));
        }
    }

    @Test
    void a_partition_lies_on_its_disk() throws IOException {
        assertThat(new DiskMounts(host).of("sdb")).containsExactly(Path.of("/srv"));
        assertThat(new DiskMounts(host).of("/dev/sde")).containsExactly(Path.of("/other"));
    }

    @Test
    void volumes_and_mirrors_lie_on_all_of_their_disks() throws IOException {
        assertThat(new DiskMounts(host).of("/dev/sda")).containsExactly(Path.of("/"), Path.of("/srv"));
        assertThat(new DiskMounts(host).of("/dev/sdc")).containsExactly(Path.of("/data sets"));
        assertThat(new DiskMounts(host).of("/dev/sdd")).containsExactly(Path.of("/data sets"));
    }

    @Test
    void an_unknown_disk_holds_nothing() throws IOException {
        assertThat(new DiskMounts(host).of("/dev/nvme9n1")).isEmpty();
    }
}
