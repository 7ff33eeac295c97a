package io.keepwatch.probe.linux;

import static io.keepwatch.probe.FolderHost.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.event.Severity;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.file.TestCommand;
import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.threshold.DefaultThresholds;
import io.keepwatch.threshold.ThresholdTracker;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real file systems, swap and routes, where the machine lets root make them. */
class RealHostTest {
    private static final Path PROC = Path.of("/proc");

    private final Deque<String[]> undo = new ArrayDeque<>();
    private final ThresholdTracker tracker = new ThresholdTracker(DefaultThresholds.all());

    @TempDir
    private Path folder;

    @AfterEach
    void undo() throws IOException, InterruptedException {
        while (!undo.isEmpty()) {
            TestCommand.succeeds(undo.pop());
        }
    }

    private Path file(String name, long bytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(bytes);
        }
        return file;
    }

    private Path mount(String... command) throws IOException, InterruptedException {
        Path point = Files.createDirectory(folder.resolve("mnt")).toRealPath();
        List<String> words = new ArrayList<>(List.of(command));
        words.add(point.toString());
        assumeTrue(TestCommand.succeeds(words.toArray(String[]::new)), "only root may mount a file system");
        undo.push(new String[] {"umount", point.toString()});
        return point;
    }

    private List<Severity> update(String probe, String threshold, List<Reading> readings, String subject) {
        return tracker.update(new ProbeRead(Instant.now(), probe, readings, Duration.ZERO)).stream()
                .filter(event -> event.threshold().equals(threshold)
                        && event.reading().subject().equals(subject))
                .map(ThresholdCrossed::severity)
                .toList();
    }

    private static void fill(Path point, double share) throws IOException {
        Path file = point.resolve("fill");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(out.length());
            byte[] block = new byte[64 * 1024];
            while (value(new DiskUsageProbe(PROC).read(), "disk.used_ratio", point.toString())
                            .orElse(1)
                    < share) {
                out.write(block);
                out.getFD().sync();
            }
        }
    }

    @Test
    void an_ext4_file_system_that_fills_up_is_told_at_80_and_at_90_percent() throws Exception {
        Path image = file("ext4.img", 24L << 20);
        assumeTrue(TestCommand.succeeds("mkfs.ext4", "-q", image.toString()), "mkfs.ext4 of e2fsprogs is missing");
        Path point = mount("mount", "-o", "loop", image.toString());
        DiskUsageProbe probe = new DiskUsageProbe(PROC);
        assertThat(update("disk.usage", "space", probe.read(), point.toString()))
                .isEmpty();
        fill(point, 0.801);
        assertThat(update("disk.usage", "space", probe.read(), point.toString()))
                .containsExactly(Severity.WARNING);
        fill(point, 0.901);
        assertThat(update("disk.usage", "space", probe.read(), point.toString()))
                .containsExactly(Severity.CRITICAL);
        Files.delete(point.resolve("fill"));
        assertThat(update("disk.usage", "space", probe.read(), point.toString()))
                .containsExactly(Severity.OK);
    }

    @Test
    void a_tmpfs_whose_inodes_are_used_up_is_told() throws Exception {
        Path point = mount("mount", "-t", "tmpfs", "-o", "nr_inodes=100,size=1m", "none");
        InodeUsageProbe probe = new InodeUsageProbe(PROC);
        assertThat(update("inode.usage", "inodes", probe.read(), point.toString()))
                .isEmpty();
        for (int i = 0; i < 95; i++) {
            Files.createFile(point.resolve("f" + i));
        }
        assertThat(value(probe.read(), "inode.used_ratio", point.toString())).hasValue(0.96);
        assertThat(update("inode.usage", "inodes", probe.read(), point.toString()))
                .containsExactly(Severity.CRITICAL);
    }

    @Test
    void a_swap_file_is_seen_while_it_is_on() throws Exception {
        Path swap = folder.resolve("swap");
        Files.write(swap, new byte[8 << 20]);
        assumeTrue(TestCommand.succeeds("mkswap", swap.toString()), "mkswap of util-linux is missing");
        double before =
                value(new SwapUsageProbe(PROC).read(), "swap.total_bytes", "").orElse(0);
        assumeTrue(
                TestCommand.succeeds("swapon", swap.toString()),
                "this machine does not let a swap file be switched on");
        undo.push(new String[] {"swapoff", swap.toString()});
        double during =
                value(new SwapUsageProbe(PROC).read(), "swap.total_bytes", "").orElse(0);
        assertThat(during - before).isBetween(8.0 * (1 << 20) - 65_536, 8.0 * (1 << 20));
        assertThat(TestCommand.succeeds("swapoff", swap.toString())).isTrue();
        undo.clear();
        assertThat(value(new SwapUsageProbe(PROC).read(), "swap.total_bytes", "")
                        .orElse(0))
                .isEqualTo(before);
    }

    @Test
    void the_route_is_that_of_the_table_the_rule_leads_to() throws Exception {
        ToolRunner real = ToolRunner.ofThisHost();
        assumeTrue(real.find(Tool.IP).isPresent(), "ip of iproute2 is missing");
        String name = "keepwatch-" + ProcessHandle.current().pid();
        assumeTrue(TestCommand.succeeds("ip", "netns", "add", name), "only root may make a network namespace");
        undo.push(new String[] {"ip", "netns", "delete", name});
        String inside = "ip netns exec " + name + " ";
        for (String command : List.of(
                "ip link set lo up",
                "ip link add one type veth peer name one-end",
                "ip link add two type veth peer name two-end",
                "ip link set one-end up",
                "ip link set two-end up",
                "ip addr add 192.0.2.2/24 dev one",
                "ip addr add 198.51.100.2/24 dev two",
                "ip link set one up",
                "ip link set two up",
                "ip route add default via 192.0.2.1",
                "ip route add default via 198.51.100.1 table 200",
                "ip rule add from 198.51.100.0/24 lookup 200 priority 1000")) {
            assumeTrue(TestCommand.succeeds((inside + command).split(" ", -1)), "this kernel cannot: " + command);
        }
        Path bin = Files.createDirectory(folder.resolve("bin"));
        new ScriptedTools(bin).script(Tool.IP, "exec " + real.find(Tool.IP).orElseThrow() + " -n " + name + " \"$@\"");
        RouteLookup lookup = new RouteLookup(new ToolRunner(List.of(bin)));
        InetAddress far = InetAddress.getByName("203.0.113.9");
        RouteLookup.Way first = lookup.find(far, Optional.empty());
        assertThat(first.device()).isEqualTo("one");
        assertThat(first.gateway()).hasValue("192.0.2.1");
        assertThat(first.source()).isEqualTo("192.0.2.2");
        assertThat(first.table()).isEqualTo("main");
        RouteLookup.Way second = lookup.find(far, Optional.of(InetAddress.getByName("198.51.100.2")));
        assertThat(second.device()).isEqualTo("two");
        assertThat(second.gateway()).hasValue("198.51.100.1");
        assertThat(second.table()).isEqualTo("200");
        assertThat(second.rule()).hasValue("1000: from 198.51.100.0/24 lookup 200");
    }
}
