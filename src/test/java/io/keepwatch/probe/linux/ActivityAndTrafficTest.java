package io.keepwatch.probe.linux;

import static io.keepwatch.probe.FolderHost.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.FolderHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityAndTrafficTest {
    private static final String NET_HEAD = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            """;

    private final FolderHost host;
    private long nanos;

    ActivityAndTrafficTest(@TempDir Path root) {
        this.host = new FolderHost(root);
    }

    private void second() {
        nanos += 1_000_000_000L;
    }

    private List<Reading> activity(String before, String after, String diskBefore, String diskAfter)
            throws IOException {
        Files.createDirectories(host.sys().resolve("block/sda"));
        HostActivityProbe probe = new HostActivityProbe(host.proc(), host.sys(), () -> nanos);
        host.write("proc/stat", before).write("proc/diskstats", diskBefore);
        host.write("proc/loadavg", "1.50 0.75 0.25 2/345 6789\n");
        probe.read();
        second();
        host.write("proc/stat", after).write("proc/diskstats", diskAfter);
        return probe.read();
    }

    @Test
    void processor_time_is_shared_out_completely() throws IOException {
        List<Reading> readings = activity(
                "cpu  100 0 50 1000 10 5 5 0 30 0\ncpu0 1 2 3 4\nprocs_running 3\nprocs_blocked 1\n",
                "cpu  140 10 60 1030 20 5 5 0 60 0\nprocs_running 3\nprocs_blocked 1\n",
                "",
                "");
        assertThat(value(readings, "cpu.user_ratio", "")).hasValue(0.5);
        assertThat(value(readings, "cpu.system_ratio", "")).hasValue(0.1);
        assertThat(value(readings, "cpu.iowait_ratio", "")).hasValue(0.1);
        assertThat(value(readings, "cpu.idle_ratio", "")).hasValue(0.3);
        assertThat(value(readings, "tasks.blocked", "")).hasValue(1);
        assertThat(value(readings, "load.15m", "")).hasValue(0.25);
    }

    @Test
    void an_idle_counter_that_goes_back_a_little_does_no_harm() throws IOException {
        List<Reading> readings = activity("cpu 100 0 0 1000 10 0 0 0 0 0\n", "cpu 110 0 0 1010 9 0 0 0 0 0\n", "", "");
        assertThat(value(readings, "cpu.user_ratio", "")).hasValue(0.5);
        assertThat(value(readings, "cpu.iowait_ratio", "")).hasValue(0);
    }

    @Test
    void disks_are_read_in_bytes_and_partitions_left_out() throws IOException {
        List<Reading> readings = activity("", "", """
                   8       0 sda 10 0 100 5 10 0 200 5 0 1000 10 0 0 0 0 0 0
                   8       1 sda1 10 0 100 5 10 0 200 5 0 1000 10
                   7       0 loop0 10 0 100 5 10 0 200 5 0 1000 10
                """, """
                   8       0 sda 20 0 300 5 20 0 600 5 0 1250 10 0 0 0 0 0 0
                   8       1 sda1 20 0 300 5 20 0 600 5 0 1250 10
                   7       0 loop0 20 0 300 5 20 0 600 5 0 1250 10
                """);
        assertThat(value(readings, "io.read_bytes_per_second", "sda")).hasValue(200 * 512);
        assertThat(value(readings, "io.written_bytes_per_second", "sda")).hasValue(400 * 512);
        assertThat(value(readings, "io.busy_ratio", "sda")).hasValue(0.25);
        assertThat(readings)
                .noneMatch(reading ->
                        reading.subject().equals("sda1") || reading.subject().equals("loop0"));
    }

    private void nic(String name, String flags, String state, String speed) throws IOException {
        String folder = "sys/class/net/" + name + "/";
        host.write(folder + "flags", flags).write(folder + "operstate", state).write(folder + "speed", speed);
    }

    @Test
    void traffic_is_held_against_the_speed_of_the_link() throws IOException {
        nic("eth0", "0x1003\n", "up\n", "1000\n");
        nic("eth1", "0x1003\n", "down\n", "-1\n");
        nic("eth2", "0x1002\n", "down\n", "-1\n");
        nic("lo", "0x9\n", "unknown\n", "");
        NetworkTrafficProbe probe = new NetworkTrafficProbe(host.proc(), host.sys(), () -> nanos);
        String idle = """
                  eth1: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
                  eth2: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
                    lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0
                veth12ab: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0
                """;
        host.write("proc/net/dev", NET_HEAD + "  eth0:1000 1 2 3 0 0 0 0 2000 4 5 6 0 0 0 0\n" + idle);
        probe.read();
        second();
        host.write("proc/net/dev", NET_HEAD + "  eth0:62501000 1 2 3 0 0 0 0 3000 4 5 6 0 0 0 0\n" + idle);
        List<Reading> readings = probe.read();
        assertThat(value(readings, "network.received_bytes_per_second", "eth0")).hasValue(62_500_000);
        assertThat(value(readings, "network.busy_ratio", "eth0")).hasValue(0.5);
        assertThat(value(readings, "network.errors", "eth0")).hasValue(7);
        assertThat(value(readings, "network.drops", "eth0")).hasValue(9);
        assertThat(value(readings, "network.link_up", "eth0")).hasValue(1);
        assertThat(value(readings, "network.link_up", "eth1")).hasValue(0);
        assertThat(value(readings, "network.link_up", "eth2"))
                .as("switched off by hand")
                .isEmpty();
        assertThat(value(readings, "network.link_up", "lo")).as("has no link").isEmpty();
        assertThat(readings).noneMatch(reading -> reading.subject().startsWith("veth"));
    }
}
