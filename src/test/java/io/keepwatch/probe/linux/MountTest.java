package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.Reading;
import io.keepwatch.file.FileSystemSpace;
import io.keepwatch.probe.FolderHost;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which mounts are read, and what their numbers mean. */
class MountTest {
    private static final String MOUNTS = """
            22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
            23 22 0:21 / /proc rw,nosuid,nodev,noexec - proc proc rw
            24 22 0:22 / /sys rw,nosuid - sysfs sysfs rw
            25 22 0:5 / /dev rw,nosuid - devtmpfs udev rw,size=8k
            26 25 0:24 / /dev/shm rw,nosuid,nodev shared:3 - tmpfs tmpfs rw
            30 22 8:17 / /srv rw,relatime shared:5 - xfs /dev/sdb1 rw
            31 22 8:17 /www /var/www rw,relatime shared:5 - xfs /dev/sdb1 rw
            32 22 8:18 /export /mnt/only-a-part rw,relatime - ext4 /dev/sdb2 rw
            33 22 7:0 / /snap/core/1 ro,nodev - squashfs /dev/loop0 ro
            34 22 11:0 / /media/cd ro - iso9660 /dev/sr0 ro
            35 22 8:19 / /mnt/read-only ro,relatime - ext4 /dev/sdb3 rw
            36 22 0:51 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw,lowerdir=a
            37 22 0:60 / /mnt/a\\040space\\134and\\011tab rw - vfat /dev/sdc1 rw
            38 22 0:61 / /home rw - btrfs /dev/sdd rw,subvolid=256,subvol=/home
            39 22 0:62 / /var/log rw - btrfs /dev/sdd rw,subvolid=257,subvol=/log
            40 22 0:70 / /mnt/nfs rw - nfs4 server:/export rw,vers=4.2
            41 22 8:20 / /mnt/hidden rw - ext4 /dev/sde1 rw
            42 22 8:21 / /mnt/hidden rw - ext4 /dev/sde2 rw
            """;

    private FolderHost host;

    MountTest(@TempDir Path root) {
        this.host = new FolderHost(root);
    }

    @BeforeEach
    void mounts() throws IOException {
        host.write("proc/self/mountinfo", MOUNTS);
    }

    private List<Mount> list() throws IOException {
        return Mount.list(host.proc().resolve("self/mountinfo"));
    }

    private List<Reading> disks(SpaceReader.Statfs statfs) throws IOException {
        return new DiskUsageProbe(host.proc(), new SpaceReader(statfs, Duration.ofMillis(200))).read();
    }

    @Test
    void each_device_that_holds_data_is_there_once() throws IOException {
        assertThat(list().stream().map(Mount::subject))
                .containsExactlyInAnyOrder(
                        "/",
                        "/dev/shm",
                        "/srv",
                        "/mnt/only-a-part",
                        "/mnt/a space\\\\and\\x09tab",
                        "/home",
                        "/mnt/nfs",
                        "/mnt/hidden");
    }

    @Test
    void the_mount_on_top_of_another_is_the_one_that_is_seen() throws IOException {
        assertThat(list().stream()
                        .filter(mount -> mount.subject().equals("/mnt/hidden"))
                        .map(Mount::device))
                .containsExactly("/dev/sde2");
    }

    @Test
    void a_bind_mount_listed_first_does_not_stand_for_the_whole() throws IOException {
        host.write("proc/self/mountinfo", """
                31 22 8:17 /www /var/www rw,relatime - xfs /dev/sdb1 rw
                30 22 8:17 / /srv rw,relatime - xfs /dev/sdb1 rw
                """);
        assertThat(list().stream().map(Mount::subject)).containsExactly("/srv");
    }

    @Test
    void the_share_is_that_of_df_without_the_reserved_blocks() throws IOException {
        List<Reading> readings = disks(point -> new FileSystemSpace(1000, 200, 150, 0, 0));
        assertThat(FolderHost.value(readings, "disk.used_ratio", "/")).hasValue(800.0 / 950);
        assertThat(FolderHost.value(readings, "disk.available_bytes", "/")).hasValue(150);
        assertThat(readings.get(0).labels())
                .containsEntry("device", "/dev/sda2")
                .containsEntry("type", "ext4");
    }

    @Test
    void a_server_that_is_gone_holds_up_only_its_own_mount() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        SpaceReader space = new SpaceReader(
                point -> {
                    if (point.toString().equals("mnt/nfs")) {
                        await(never);
                    }
                    return new FileSystemSpace(1000, 200, 200, 0, 0);
                },
                Duration.ofMillis(200));
        DiskUsageProbe probe = new DiskUsageProbe(host.proc(), space);
        List<Reading> readings = probe.read();
        assertThat(FolderHost.value(readings, "disk.stuck", "/mnt/nfs")).hasValue(1);
        assertThat(FolderHost.value(readings, "disk.used_ratio", "/mnt/nfs")).isEmpty();
        assertThat(FolderHost.value(readings, "disk.used_ratio", "/srv")).hasValue(0.8);
        assertThat(FolderHost.value(probe.read(), "disk.stuck", "/mnt/nfs")).hasValue(1);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("keepwatch-statfs") && thread.isAlive()))
                .hasSize(1);
        never.countDown();
        org.awaitility.Awaitility.await()
                .until(() ->
                        FolderHost.value(probe.read(), "disk.stuck", "/mnt/nfs").orElse(1) == 0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_mount_that_may_not_be_read_does_not_hide_the_others() throws IOException {
        List<Reading> readings = disks(point -> {
            if (point.isRoot()) {
                throw new AccessDeniedException("/");
            }
            return new FileSystemSpace(1000, 500, 500, 0, 0);
        });
        assertThat(readings.stream().map(Reading::subject).collect(Collectors.toSet()))
                .contains("/srv")
                .doesNotContain("/");
    }

    @Test
    void inodes_are_read_only_where_their_number_is_fixed() throws IOException {
        InodeUsageProbe probe = new InodeUsageProbe(
                host.proc(),
                new SpaceReader(
                        point -> point.toString().equals("dev/shm")
                                ? new FileSystemSpace(1000, 500, 500, 0, 0)
                                : new FileSystemSpace(1000, 500, 500, 100, 25),
                        Duration.ofSeconds(5)));
        List<Reading> readings = probe.read();
        assertThat(FolderHost.value(readings, "inode.used_ratio", "/")).hasValue(0.75);
        assertThat(readings.stream().map(Reading::subject).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("/", "/srv", "/mnt/only-a-part", "/mnt/nfs", "/mnt/hidden");
    }

    @Test
    void a_line_that_is_no_mount_names_the_file() throws IOException {
        host.write("proc/self/mountinfo", "garbage\n");
        assertThatThrownBy(this::list).hasMessageContaining("mountinfo has a line that is no mount: \"garbage\"");
    }
}
