package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.TestCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real arrays of the kernel on loop devices, where it has md and root may make them. */
class RealMdTest {
    private static final Path PROC = Path.of("/proc");
    private static final Path SYS = Path.of("/sys");
    private static final long DISK_BYTES = 48L << 20;

    @TempDir
    private Path folder;

    private LoopDisks disks;
    private String array = "";

    @BeforeEach
    void need_md() throws InterruptedException {
        disks = new LoopDisks(folder);
        assumeTrue(TestCommand.succeeds("mdadm", "--version"), "mdadm is missing");
        if (!Files.exists(PROC.resolve("mdstat"))) {
            TestCommand.succeeds("modprobe", "md_mod");
        }
        assumeTrue(Files.exists(PROC.resolve("mdstat")), "this kernel has no md");
        array = IntStream.rangeClosed(60, 120)
                .mapToObj(number -> "md" + number)
                .filter(name -> Files.notExists(SYS.resolve("block").resolve(name)))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void take_apart() {
        disks.close();
    }

    private void create(String level, List<String> members, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "mdadm",
                "--create",
                "/dev/" + array,
                "--run",
                "--metadata=1.2",
                "--level=" + level,
                "--raid-devices=" + members.size()));
        command.addAll(List.of(more));
        command.addAll(members);
        String said = TestCommand.output(command.toArray(String[]::new));
        assumeTrue(
                Files.exists(SYS.resolve("block").resolve(array).resolve("md")),
                () -> "this kernel makes no RAID " + level + ": " + said);
        disks.undoBy("mdadm", "--stop", "/dev/" + array);
    }

    private void manage(String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("mdadm", "/dev/" + array));
        command.addAll(List.of(words));
        assertThat(TestCommand.succeeds(command.toArray(String[]::new)))
                .as("%s", command)
                .isTrue();
    }

    /** How fast the array rebuilds, in KiB a second. */
    private void speed(int most) throws IOException {
        Path md = SYS.resolve("block").resolve(array).resolve("md");
        Files.writeString(md.resolve("sync_speed_min"), Integer.toString(most));
        Files.writeString(md.resolve("sync_speed_max"), Integer.toString(most));
    }

    private RaidArray read() throws IOException {
        return new MdRaid(PROC, SYS)
                .arrays().stream()
                        .filter(one -> one.name().equals(array))
                        .findFirst()
                        .orElseThrow();
    }

    private void awaitText(String expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(RaidText.of(List.of(read()))).containsExactly(array + " " + expected));
    }

    @Test
    void a_mirror_is_healthy_then_degraded_then_recovering_then_healthy() throws Exception {
        List<String> loops = disks.make(3, DISK_BYTES);
        create("1", loops.subList(0, 2), "--assume-clean", "--bitmap=none");
        awaitText("raid1 healthy NONE, 2 members, 0 missing, 0 failed, 0 spares");
        manage("--fail", loops.get(1));
        awaitText("raid1 degraded DEGRADED, 2 members, 1 missing, 1 failed, 0 spares");
        manage("--remove", loops.get(1));
        awaitText("raid1 degraded DEGRADED, 2 members, 1 missing, 0 failed, 0 spares");
        speed(100);
        manage("--add", loops.get(2));
        await().atMost(Duration.ofSeconds(60)).until(() -> read().progress().isPresent());
        RaidArray recovering = read();
        assertThat(recovering.state()).isEqualTo("recovering");
        assertThat(recovering.missing()).isEqualTo(1);
        assertThat(recovering.progress().orElseThrow()).isBetween(0.0, 0.9);
        speed(1_000_000);
        awaitText("raid1 healthy NONE, 2 members, 0 missing, 0 failed, 0 spares");
    }

    @Test
    void a_raid_5_is_degraded_without_one_disk_and_failed_without_two() throws Exception {
        List<String> loops = disks.make(3, DISK_BYTES);
        create("5", loops, "--assume-clean", "--bitmap=none");
        awaitText("raid5 healthy NONE, 3 members, 0 missing, 0 failed, 0 spares");
        manage("--fail", loops.get(0));
        awaitText("raid5 degraded DEGRADED, 3 members, 1 missing, 1 failed, 0 spares");
        manage("--fail", loops.get(1));
        await().atMost(Duration.ofSeconds(60)).until(() -> read().degradation() == RaidArray.Degradation.FAILED);
    }

    @Test
    void a_raid_0_is_healthy() throws Exception {
        create("0", disks.make(2, DISK_BYTES));
        awaitText("raid0 healthy NONE, 2 members, 0 missing, 0 failed, 0 spares");
    }
}
