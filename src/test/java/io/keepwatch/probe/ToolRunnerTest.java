package io.keepwatch.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private ScriptedTools tools() {
        return new ScriptedTools(folder);
    }

    private static ToolOutput run(ScriptedTools tools, String... arguments) throws IOException {
        return tools.runner().run(Tool.LVS, LONG, arguments).orElseThrow();
    }

    @Test
    void both_outputs_and_the_exit_code_are_told() throws IOException {
        ToolOutput output = run(tools().script(Tool.LVS, "echo out; echo err >&2; exit 3"));
        assertThat(output).isEqualTo(new ToolOutput(3, "out\n", "err\n"));
    }

    @Test
    void arguments_arrive_as_they_are_and_no_shell_sees_them() throws IOException {
        ToolOutput output = run(tools().script(Tool.LVS, "for a in \"$@\"; do echo \"[$a]\"; done"), "$HOME; ls", "*");
        assertThat(output.out()).isEqualTo("[$HOME; ls]\n[*]\n");
    }

    @Test
    void the_language_is_that_of_programs_and_the_environment_small() throws IOException {
        ToolOutput output = run(tools().script(Tool.LVS, "env"));
        assertThat(output.out().lines().map(line -> line.split("=", -1)[0]))
                .contains("LC_ALL", "PATH", "HOME")
                .isSubsetOf("LC_ALL", "PATH", "HOME", "PWD", "SHLVL", "OLDPWD", "_");
    }

    @Test
    void it_has_nothing_to_read() throws IOException {
        assertThat(run(tools().script(Tool.LVS, "cat; echo end")).out()).isEqualTo("end\n");
    }

    @Test
    void a_tool_that_is_not_there_is_no_error() throws IOException {
        assertThat(tools().runner().run(Tool.LVS, LONG)).isEmpty();
        assertThat(tools().runner().find(Tool.LVS)).isEmpty();
    }

    @Test
    void a_tool_that_hangs_is_ended_with_its_children_and_the_error_names_it() {
        Path mark = folder.resolve("pid");
        ScriptedTools tools =
                tools().script(Tool.LVS, "trap '' TERM; sleep 300 & echo $! > '" + mark + "'; wait; wait");
        assertThatThrownBy(() -> tools.runner().run(Tool.LVS, Duration.ofMillis(500), "-a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lvs -a did not end within 500ms and was stopped");
        await().atMost(LONG)
                .until(() -> ProcessHandle.of(
                                Long.parseLong(Files.readString(mark).strip()))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void endless_output_is_cut() throws IOException {
        ToolOutput output = run(tools().script(Tool.LVS, "head -c 9000000 /dev/zero"));
        assertThat(output.out()).hasSize(4 * 1024 * 1024);
    }

    @Test
    void a_child_that_stays_behind_does_not_hold_the_answer_up() throws IOException {
        ToolOutput output = run(tools().script(Tool.LVS, "echo done; sleep 20 &"));
        assertThat(output.out()).isEqualTo("done\n");
    }

    @Test
    void what_is_not_json_is_told_with_the_tools_own_words() {
        ScriptedTools tools = tools().prints(Tool.IP, "Object \"neigh\" is unknown", 0);
        assertThatThrownBy(() -> ToolJson.run(tools.runner(), Tool.IP, LONG, "-j", "neigh"))
                .hasMessage("ip should print JSON but says \"Object \"neigh\" is unknown\"");
    }
}
