package io.keepwatch.probe.linux;

import static io.keepwatch.probe.FolderHost.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.FolderHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryProbesTest {
    private static final String MEMINFO = """
            MemTotal:       10000000 kB
            MemFree:          500000 kB
            MemAvailable:    2500000 kB
            Buffers:          100000 kB
            Cached:          1900000 kB
            SwapCached:       100000 kB
            SwapTotal:       4000000 kB
            SwapFree:        3000000 kB
            HugePages_Total:       0
            """;

    private final FolderHost host;
    private long nanos;

    MemoryProbesTest(@TempDir Path root) throws IOException {
        this.host = new FolderHost(root);
        host.write("proc/meminfo", MEMINFO);
    }

    private List<Reading> memory() throws IOException {
        return new MemoryUsageProbe(host.proc(), host.sys()).read();
    }

    @Test
    void available_is_what_the_kernel_says() throws IOException {
        assertThat(value(memory(), "memory.available_ratio", "")).hasValue(0.25);
        assertThat(value(memory(), "memory.available_bytes", "")).hasValue(2_500_000.0 * 1024);
    }

    @Test
    void an_old_kernel_does_not_say_and_free_and_cached_stand_in() throws IOException {
        host.write("proc/meminfo", MEMINFO.replaceAll("MemAvailable.*\n", ""));
        assertThat(value(memory(), "memory.available_ratio", "")).hasValue(0.25);
    }

    @Test
    void a_container_has_its_own_limit_beside_the_hosts() throws IOException {
        host.write("proc/self/cgroup", "1:name=systemd:/x\n0::/system.slice/app.service\n");
        host.write("sys/fs/cgroup/system.slice/memory.max", "max\n");
        host.write("sys/fs/cgroup/system.slice/app.service/memory.max", "1000\n");
        host.write("sys/fs/cgroup/system.slice/app.service/memory.current", "900\n");
        assertThat(value(memory(), "memory.container_used_ratio", "")).hasValue(0.9);
        assertThat(value(memory(), "memory.total_bytes", "")).hasValue(10_000_000.0 * 1024);
    }

    @Test
    void files_that_a_container_only_read_do_not_fill_it() throws IOException {
        host.write("proc/self/cgroup", "0::/app\n");
        host.write("sys/fs/cgroup/app/memory.max", "1073741824\n");
        host.write("sys/fs/cgroup/app/memory.current", "1072955392\n");
        host.write("sys/fs/cgroup/app/memory.stat", """
                anon 209715200
                file 859832320
                kernel 3145728
                file_mapped 12582912
                file_dirty 0
                inactive_anon 208666624
                active_anon 1048576
                inactive_file 804519936
                active_file 55312384
                unevictable 0
                """);
        assertThat(value(memory(), "memory.container_used_ratio", "")).hasValue(0.25);
    }

    @Test
    void without_a_limit_there_is_no_reading_of_one() throws IOException {
        host.write("proc/self/cgroup", "0::/\n");
        host.write("sys/fs/cgroup/memory.max", "max\n");
        assertThat(value(memory(), "memory.container_limit_bytes", "")).isEmpty();
    }

    @Test
    void pressure_is_a_share_of_ten_seconds() throws IOException {
        host.write("proc/pressure/memory", """
                some avg10=12.50 avg60=1.00 avg300=0.10 total=123
                full avg10=3.00 avg60=0.50 avg300=0.05 total=45
                """);
        assertThat(value(memory(), "memory.pressure_some_ratio", "")).hasValue(0.125);
        assertThat(value(memory(), "memory.pressure_full_ratio", "")).hasValue(0.03);
    }

    @Test
    void without_swap_there_is_nothing_to_read() throws IOException {
        assertThat(value(new SwapUsageProbe(host.proc()).read(), "swap.used_ratio", ""))
                .hasValue(0.25);
        host.write("proc/meminfo", MEMINFO.replaceAll("Swap(Total|Free):.*", "Swap$1: 0 kB"));
        assertThat(new SwapUsageProbe(host.proc()).read()).isEmpty();
    }

    @Test
    void swap_activity_counts_pages_of_the_hosts_size() throws IOException {
        SwapActivityProbe probe = new SwapActivityProbe(host.proc(), 65_536, () -> nanos);
        host.write("proc/vmstat", "nr_free_pages 1\npswpin 100\npswpout 10\n");
        assertThat(probe.read()).isEmpty();
        nanos += 2_000_000_000L;
        host.write("proc/vmstat", "nr_free_pages 1\npswpin 300\npswpout 10\n");
        List<Reading> readings = probe.read();
        assertThat(value(readings, "swap.in_bytes_per_second", "")).hasValue(100.0 * 65_536);
        assertThat(value(readings, "swap.out_bytes_per_second", "")).hasValue(0);
    }

    @Test
    void swapoff_needs_only_what_is_not_in_memory_already() throws IOException {
        SwapoffCheck check = SwapoffCheck.read(host.proc());
        assertThat(check.neededBytes()).isEqualTo(900_000L * 1024);
        assertThat(check.verdict()).isEqualTo(SwapoffCheck.Verdict.FITS);
    }

    @Test
    void swapoff_that_leaves_little_is_not_called_sure() throws IOException {
        host.write("proc/meminfo", MEMINFO.replace("2500000", "1500000"));
        assertThat(SwapoffCheck.read(host.proc()).verdict()).isEqualTo(SwapoffCheck.Verdict.TIGHT);
        host.write("proc/meminfo", MEMINFO.replace("2500000", "800000"));
        assertThat(SwapoffCheck.read(host.proc()).verdict()).isEqualTo(SwapoffCheck.Verdict.DOES_NOT_FIT);
    }

    private List<Reading> ksm() throws IOException {
        return new KsmProbe(host.sys(), 4096).read();
    }

    private void ksm(String run, String shared, String sharing, String unshared) throws IOException {
        host.write("sys/kernel/mm/ksm/run", run);
        host.write("sys/kernel/mm/ksm/pages_shared", shared);
        host.write("sys/kernel/mm/ksm/pages_sharing", sharing);
        host.write("sys/kernel/mm/ksm/pages_unshared", unshared);
    }

    @Test
    void ksm_saves_what_shares_a_page_with_another() throws IOException {
        ksm("1\n", "100\n", "400\n", "50\n");
        assertThat(value(ksm(), "ksm.running", "")).hasValue(1);
        assertThat(value(ksm(), "ksm.saved_bytes", "")).hasValue(400.0 * 4096);
        assertThat(value(ksm(), "ksm.sharing_ratio", "")).hasValue(4);
        assertThat(value(ksm(), "ksm.wasted_ratio", "")).hasValue(0.125);
    }

    @Test
    void ksm_that_is_off_has_no_ratios() throws IOException {
        ksm("0\n", "0\n", "0\n", "0\n");
        assertThat(ksm())
                .extracting(Reading::name)
                .containsExactly("ksm.running", "ksm.shared_bytes", "ksm.saved_bytes");
    }

    @Test
    void a_kernel_without_ksm_has_nothing_to_read() throws IOException {
        assertThat(ksm()).isEmpty();
    }

    @Test
    void an_unreadable_count_names_the_file() throws IOException {
        ksm("1\n", "many\n", "0\n", "0\n");
        assertThatThrownBy(this::ksm)
                .hasMessageContaining("pages_shared should hold a whole number but holds \"many\"");
    }
}
