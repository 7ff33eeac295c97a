package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.probe.ScriptedTools;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.linux.LvmSnapshots;
import io.keepwatch.unit.ByteSize;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs that stand in for LVM and say what LVM 2.03.16 said in {@code src/test/capture}. */
class RuleSnapshotsTest {
    private final Path folder;
    private final ScriptedTools tools;
    private final RuleSnapshots snapshots;

    RuleSnapshotsTest(@TempDir Path folder) {
        this.folder = folder;
        this.tools = new ScriptedTools(folder);
        this.snapshots = new RuleSnapshots(new LvmSnapshots(tools.runner()), Runnable::run);
    }

    private void answers(Tool tool, String text, int exitCode) {
        tools.script(tool, "echo \"${0##*/} $*\" >> '" + folder.resolve("asked") + "'\n" + text + "\nexit " + exitCode);
    }

    private boolean merged() throws Exception {
        return snapshots.merge("vg0/before").toCompletableFuture().get();
    }

    @Test
    void a_snapshot_is_asked_for_in_sectors() throws Exception {
        answers(Tool.LVCREATE, "echo '  Logical volume \"before\" created.'", 0);
        snapshots
                .create("vg0/root", "before", ByteSize.parse("5GiB"))
                .toCompletableFuture()
                .get();
        assertThat(folder.resolve("asked")).hasContent("lvcreate --snapshot --name before --size 10485760s vg0/root");
    }

    @Test
    void a_merge_says_whether_it_has_to_wait_and_is_not_waited_for() throws Exception {
        answers(Tool.LVCONVERT, """
                echo '  Delaying merge since origin is open.'
                echo '  Merging of snapshot vg0/before will occur on next activation of vg0/root.'""", 0);
        assertThat(merged()).isTrue();
        answers(Tool.LVCONVERT, "echo '  Merging of volume vg0/before started.'", 0);
        assertThat(merged()).isFalse();
        assertThat(folder.resolve("asked")).content().startsWith("lvconvert --yes --background --merge vg0/before\n");
    }

    @Test
    void a_refusal_has_the_words_of_lvm() {
        answers(Tool.LVCREATE, "echo '  Logical Volume \"home\" already exists in volume group \"vg0\"' >&2", 5);
        assertThatThrownBy(() -> snapshots
                        .create("vg0/home", "home", ByteSize.parse("4MiB"))
                        .toCompletableFuture()
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("already exists in volume group");
    }

    @Test
    void without_lvm_the_package_is_named() {
        assertThatThrownBy(this::merged).hasMessageContaining("install lvm2");
    }
}
