package io.keepwatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import io.keepwatch.file.TestCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTest {
    private final RecordedTree record = new RecordedTree();

    @TempDir
    Path root;

    private Path mountPoint() {
        return root.resolve("mnt");
    }

    @BeforeEach
    void a_file_system_with_a_file_beneath_the_root() throws IOException, InterruptedException {
        Files.createDirectory(mountPoint());
        assumeTrue(
                TestCommand.succeeds(
                        "mount", "-t", "tmpfs", "none", mountPoint().toString()),
                "only root may mount a file system");
        Files.writeString(mountPoint().resolve("f"), "x");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        TestCommand.succeeds("umount", mountPoint().toString());
    }

    private ReconcileOutcome reconcile(Path path, boolean oneFileSystem, OptionalLong device) {
        RootOptions options =
                new RootOptions("r", path, List.of(), List.of(), false, Optional.empty(), oneFileSystem, List.of());
        return new Reconciler(options, record, record, Runnable::run, 1, InstantSource.system())
                .reconcile(RawPath.ROOT, device, ReconcileProgress.SILENT);
    }

    @Test
    void another_file_system_is_not_entered() {
        reconcile(root, true, OptionalLong.empty());
        assertThat(record.takeTold()).containsExactly("changed mnt");
    }

    @Test
    void another_file_system_is_entered_when_asked_for() {
        reconcile(root, false, OptionalLong.empty());
        assertThat(record.takeTold()).containsExactly("changed mnt", "changed mnt/f");
    }

    @Test
    void a_root_whose_file_system_is_unmounted_loses_nothing() throws IOException, InterruptedException {
        OptionalLong device = OptionalLong.of(StatReader.lstat(mountPoint()).device());
        reconcile(mountPoint(), true, device);
        record.takeTold();
        assertThat(TestCommand.succeeds("umount", mountPoint().toString())).isTrue();
        assertThat(reconcile(mountPoint(), true, device)).isInstanceOf(ReconcileOutcome.RootAbsent.class);
        assertThat(record.takeTold()).isEmpty();
    }

    @Test
    void an_unmounted_file_system_beneath_the_root_loses_nothing_however_often_it_is_compared()
            throws IOException, InterruptedException {
        OptionalLong device = OptionalLong.of(StatReader.lstat(root).device());
        reconcile(root, false, device);
        record.takeTold();
        assertThat(TestCommand.succeeds("umount", mountPoint().toString())).isTrue();
        for (int i = 0; i < 2; i++) {
            reconcile(root, false, device);
            assertThat(record.takeTold())
                    .singleElement()
                    .asString()
                    .contains("skipped mnt: it is empty and was a mount point before");
        }
    }
}
