package io.keepwatch.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArcconfRaidTest {
    private static final String REBUILD = """
            Controllers found: 1
            Logical device Task:
               Logical device                 : 2
               Task ID                        : 102
               Current operation              : Rebuild
               Status                         : In Progress
               Priority                       : High
               Percentage complete            : 12
            """;

    private final Path folder;
    private final ScriptedTools tools;

    ArcconfRaidTest(@TempDir Path folder) {
        this.folder = folder;
        this.tools = new ScriptedTools(folder);
    }

    /** An arcconf that prints these texts, and writes down what it was asked. */
    private List<RaidArray> arrays(String config, String status) throws IOException {
        Files.writeString(folder.resolve("getconfig"), config);
        Files.writeString(folder.resolve("getstatus"), status);
        tools.script(Tool.ARCCONF, "cd '" + folder + "'; echo \"$@\" >> asked; cat $1");
        return new ArcconfRaid(tools.runner()).arrays();
    }

    @Test
    void every_generation_tells_its_logical_devices() throws IOException {
        assertThat(RaidText.of(arrays(ScriptedTools.captured("tools/arcconf.txt"), REBUILD)))
                .containsExactly(
                        "c1/ld0 raid1 healthy NONE, 2 members, 0 missing, 0 failed, 1 spares",
                        "c1/ld1 raid6 resyncing NONE, 4 members, 0 missing, 0 failed, 2 spares",
                        "c1/ld2 raid10 recovering DEGRADED, 4 members, 1 missing, 0 failed, 1 spares",
                        "c1/ld3 raid5 failed FAILED, 3 members, 2 missing, 2 failed, 1 spares",
                        "c1/ld4 raid1 healthy NONE, 2 members, 0 missing, 0 failed, 1 spares");
    }

    @Test
    void progress_comes_from_the_status_or_from_the_tasks() throws IOException {
        List<RaidArray> arrays = arrays(ScriptedTools.captured("tools/arcconf.txt"), REBUILD);
        assertThat(arrays.get(0).progress()).isEmpty();
        assertThat(arrays.get(1).progress()).hasValue(0.9);
        assertThat(arrays.get(2).progress()).hasValue(0.12);
    }

    @Test
    void the_tasks_are_asked_for_only_where_something_is_not_optimal() throws IOException {
        arrays("""
                Controllers found: 1
                Logical device number 0
                   RAID level                               : 1
                   Status of logical device                 : Optimal
                   Segment 0                                : Present (0,0) A
                   Segment 1                                : Present (0,1) B
                """, "");
        assertThat(folder.resolve("asked")).hasContent("getconfig 1 al");
    }

    @Test
    void all_controllers_are_asked() throws IOException {
        assertThat(arrays("""
                Controllers found: 2
                Logical device number 0
                   RAID level                               : Simple_volume
                   Status of logical device                 : Okay
                """, "")).extracting(RaidArray::name).containsExactly("c1/ld0", "c2/ld0");
        assertThat(folder.resolve("asked")).hasContent("getconfig 1 al\ngetconfig 2 al");
    }

    @Test
    void a_host_with_the_tool_and_without_a_controller_has_no_array() throws IOException {
        assertThat(arrays("Controllers found: 0\n", "")).isEmpty();
    }

    @Test
    void words_of_another_kind_are_told_and_not_taken_for_health() {
        assertThatThrownBy(() -> arrays("Command aborted: no access\n", ""))
                .hasMessageContaining("arcconf getconfig")
                .hasMessageContaining("no access");
    }

    @Test
    void without_the_tool_there_is_nothing() throws IOException {
        assertThat(new ArcconfRaid(tools.runner()).arrays()).isEmpty();
    }
}
