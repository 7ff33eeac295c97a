package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.probe.FolderHost;
import io.keepwatch.probe.linux.RaidArray.Degradation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MdRaidTest {
    private static final String HEAD = "Personalities : [raid0] [raid1] [raid6] [raid5] [raid4] [raid10]\n";
    private static final String TAIL = "\nunused devices: <none>\n";

    private final FolderHost host;

    MdRaidTest(@TempDir Path root) {
        this.host = new FolderHost(root);
    }

    private List<RaidArray> arrays(String body) throws IOException {
        host.write("proc/mdstat", HEAD + body + TAIL);
        return new MdRaid(host.proc(), host.sys()).arrays();
    }

    private RaidArray array(String body) throws IOException {
        List<RaidArray> arrays = arrays(body);
        assertThat(arrays).hasSize(1);
        return arrays.get(0);
    }

    /** What /proc/mdstat shows, then state, degradation, members, missing, failed and spares. */
    static Stream<Arguments> states() {
        return Stream.of(
                state("healthy raid1", "healthy", Degradation.NONE, 2, 0, 0, 0, """
                        md0 : active raid1 sdb1[1] sda1[0]
                              1048512 blocks super 1.2 [2/2] [UU]
                        """),
                state("with a bitmap", "healthy", Degradation.NONE, 2, 0, 0, 0, """
                        md0 : active raid1 sdb1[1] sda1[0]
                              976630464 blocks super 1.2 [2/2] [UU]
                              bitmap: 1/8 pages [4KB], 65536KB chunk
                        """),
                state("a member is missing", "degraded", Degradation.DEGRADED, 2, 1, 0, 0, """
                        md0 : active raid1 sda1[0]
                              1048512 blocks super 1.2 [2/1] [U_]
                        """),
                state("a member failed", "degraded", Degradation.DEGRADED, 4, 1, 1, 0, """
                        md7 : active raid6 sdb1[0] sde1[3] sdd1[2] sdc1[1](F)
                              7813735424 blocks super 1.2 level 6, 512k chunk, algorithm 2 [4/3] [U_UU]
                              bitmap: 0/30 pages [0KB], 65536KB chunk
                        """),
                state("raid5 lost two", "failed", Degradation.FAILED, 3, 2, 2, 0, """
                        md5 : active raid5 sdb1[0] sdc1[1](F) sdd1[2](F)
                              195310144 blocks level 5, 64k chunk, algorithm 2 [3/1] [U__]
                        """),
                state("raid6 lives with two", "degraded", Degradation.DEGRADED, 4, 2, 0, 0, """
                        md6 : active raid6 sdb1[0] sdc1[1]
                              195310144 blocks super 1.2 level 6, 64k chunk, algorithm 2 [4/2] [UU__]
                        """),
                state("raid6 lost three", "failed", Degradation.FAILED, 4, 3, 0, 0, """
                        md6 : active raid6 sdb1[0]
                              195310144 blocks super 1.2 level 6, 64k chunk, algorithm 2 [4/1] [U___]
                        """),
                state("rebuilding onto a spare", "recovering", Degradation.DEGRADED, 2, 1, 1, 0, """
                        md1 : active raid1 sdc1[2] sdb1[1](F) sda1[0]
                              195310144 blocks super 1.2 [2/1] [U_]
                              [=>...................]  recovery =  8.5% (16775552/195310144) finish=17.0min speed=259783K/sec
                        """),
                state("a spare waits", "healthy", Degradation.NONE, 2, 0, 0, 1, """
                        md2 : active raid1 sdc1[2](S) sdb1[1] sda1[0]
                              195310144 blocks super 1.2 [2/2] [UU]
                        """),
                state("the first resync", "resyncing", Degradation.NONE, 2, 0, 0, 0, """
                        md8 : active raid1 sdb1[1] sda1[0]
                              195310144 blocks super 1.2 [2/2] [UU]
                              [=>...................]  resync =  8.5% (16775552/195310144) finish=17.0min speed=259783K/sec
                        """),
                state("a check", "checking", Degradation.NONE, 3, 0, 0, 0, """
                        md3 : active raid5 sdc1[3] sdb1[1] sda1[0]
                              1993728 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/3] [UUU]
                              [=>...................]  check =  5.7% (114176/1993728) finish=0.2min speed=114176K/sec
                        """),
                state("a check that waits for another", "checking", Degradation.NONE, 2, 0, 0, 0, """
                        md9 : active raid1 sdb2[1] sda2[0]
                              523968 blocks super 1.2 [2/2] [UU]
                              \tcheck=DELAYED
                        """),
                state("a reshape that shows a slot as not in use", "reshaping", Degradation.NONE, 3, 0, 0, 1, """
                        md42 : active raid5 sda1[3](S) sdd1[0] sde1[1]
                              1953381440 blocks super 1.2 level 5, 64k chunk, algorithm 2 [3/2] [UU_]
                              [===========>.........]  reshape = 56.1% (1096879076/1953381440) finish=1868.1min speed=7640K/sec
                              bitmap: 4/15 pages [16KB], 65536KB chunk
                        """),
                state("inactive", "inactive", Degradation.FAILED, 2, 0, 0, 0, """
                        md4 : inactive sda3[0] sdb3[1](S)
                              4883648 blocks super 1.2
                        """),
                state("raid0", "healthy", Degradation.NONE, 2, 0, 0, 0, """
                        md10 : active raid0 sda1[0] sdb1[1]
                              314159265 blocks super 1.2 512k chunks
                        """),
                state("raid0 with a failed disk", "failed", Degradation.FAILED, 2, 0, 1, 0, """
                        md10 : broken raid0 sda1[0] sdb1[1](F)
                              314159265 blocks super 1.2 512k chunks
                        """),
                state("raid10 with one half of each mirror", "degraded", Degradation.DEGRADED, 4, 2, 0, 0, """
                        md11 : active raid10 sda1[0] sdc1[2]
                              2093056 blocks super 1.2 512K chunks 2 near-copies [4/2] [U_U_]
                        """),
                state("raid10 that lost a whole mirror", "failed", Degradation.FAILED, 4, 2, 0, 0, """
                        md11 : active raid10 sda1[0] sdb1[1]
                              2093056 blocks super 1.2 512K chunks 2 near-copies [4/2] [UU__]
                        """),
                state("read only until the first write", "resyncing", Degradation.NONE, 2, 0, 0, 0, """
                        md12 : active (auto-read-only) raid1 sdb2[0] sdc2[1]
                              4190208 blocks super 1.2 [2/2] [UU]
                              \tresync=PENDING
                        """));
    }

    private static Arguments state(
            String name,
            String word,
            Degradation degradation,
            int members,
            int missing,
            int failed,
            int spares,
            String body) {
        return Arguments.of(name, body, word, degradation, List.of(members, missing, failed, spares));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void every_state_is_told_apart(String name, String body, String word, Degradation degradation, List<Integer> counts)
            throws IOException {
        RaidArray array = array(body);
        assertThat(array.state()).isEqualTo(word);
        assertThat(array.degradation()).isEqualTo(degradation);
        assertThat(List.of(array.members(), array.missing(), array.failed(), array.spares()))
                .isEqualTo(counts);
    }

    @Test
    void progress_is_a_share() throws IOException {
        RaidArray array = array("""
                md1 : active raid1 sdc1[2] sda1[0]
                      195310144 blocks super 1.2 [2/1] [U_]
                      [=>...................]  recovery =  8.5% (16775552/195310144) finish=17.0min speed=259783K/sec
                """);
        assertThat(array.progress()).hasValue(0.085);
    }

    @Test
    void the_kernels_own_count_decides() throws IOException {
        host.write("sys/block/md42/md/degraded", "1\n").write("sys/block/md42/md/array_state", "active\n");
        RaidArray array = array("""
                md42 : active raid5 sda1[3](S) sdd1[0] sde1[1]
                      1953381440 blocks super 1.2 level 5, 64k chunk, algorithm 2 [3/2] [UU_]
                      [===========>.........]  reshape = 56.1% (1096879076/1953381440) finish=1868.1min speed=7640K/sec
                """);
        assertThat(array.degradation()).isEqualTo(Degradation.DEGRADED);
    }

    @Test
    void mismatches_count_where_they_mean_damage() throws IOException {
        host.write("sys/block/md0/md/mismatch_cnt", "128\n").write("sys/block/md5/md/mismatch_cnt", "256\n");
        List<RaidArray> arrays = arrays("""
                md0 : active raid1 sdb1[1] sda1[0]
                      1048512 blocks super 1.2 [2/2] [UU]

                md5 : active raid5 sdc1[3] sdd1[1] sde1[0]
                      1993728 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/3] [UUU]
                """);
        assertThat(arrays.get(0).mismatches()).isEmpty();
        assertThat(arrays.get(1).mismatches()).hasValue(256);
    }

    @Test
    void a_container_of_firmware_raid_is_no_array() throws IOException {
        assertThat(arrays("""
                md126 : active raid1 sdb[1] sdc[0]
                      1855870976 blocks super external:/md127/0 [2/2] [UU]

                md127 : inactive sdb[1](S) sdc[0](S)
                      7932 blocks super external:imsm
                """)).extracting(RaidArray::name).containsExactly("md126");
    }

    @Test
    void a_host_without_arrays_has_none() throws IOException {
        assertThat(arrays("")).isEmpty();
        assertThat(new MdRaid(host.root().resolve("nowhere"), host.sys()).arrays())
                .isEmpty();
    }
}
