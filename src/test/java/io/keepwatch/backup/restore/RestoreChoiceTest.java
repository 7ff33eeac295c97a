package io.keepwatch.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.TreeComparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreChoiceTest extends RestoreFixture {

    @Test
    void one_file_keeps_its_path_beneath_the_root() throws IOException {
        write("a/b/f", "text");
        write("a/g", "other");
        restore(backup(), RestoreRequest.of(List.of(source + "/a/b/f")).into(target));
        assertThat(target.resolve("a/b/f")).hasContent("text");
        assertThat(target.resolve("a/g")).doesNotExist();
    }

    @Test
    void directories_above_a_match_of_a_glob_get_their_own_metadata() throws IOException {
        write("a/b/f.conf", "text");
        write("a/g", "other");
        Files.setPosixFilePermissions(source.resolve("a/b"), PosixFilePermissions.fromString("rwxr-x--x"));
        restore(backup(), RestoreRequest.of(List.of(source + "/**/*.conf")).into(target));
        assertThat(Files.getPosixFilePermissions(target.resolve("a/b")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
        assertThat(target.resolve("a/g")).doesNotExist();
    }

    @Test
    void several_roots_get_a_directory_each() throws IOException {
        write("f", "first");
        Path second = Files.createDirectory(temporary.resolve("second"));
        Files.writeString(second.resolve("f"), "second");
        MemoryBackup backup = backup();
        backup.add("more", second);
        List<RestoreRoot> roots = List.of(new RestoreRoot("data", source), new RestoreRoot("more", second));
        List<RestoreProgress> progress = new ArrayList<>();

        new Restorer(backup, backup, roots, executor, 4)
                .restore(RestoreRequest.of(List.of("data", "more")).into(target), progress::add);

        assertThat(TreeComparison.differences(source, target.resolve("data"))).isEmpty();
        assertThat(TreeComparison.differences(second, target.resolve("more"))).isEmpty();
        assertThat(progress).last().isEqualTo(new RestoreProgress(4, 11, 4, 11));
    }

    @Test
    void a_hard_link_whose_file_is_not_selected_is_restored_with_its_content() throws IOException {
        write("a", "shared");
        Files.createDirectory(source.resolve("d"));
        Files.createLink(source.resolve("d/b"), source.resolve("a"));
        Files.createLink(source.resolve("d/c"), source.resolve("a"));
        MemoryBackup backup = backup();
        RestoreReport report =
                restore(backup, RestoreRequest.of(List.of(source + "/d")).into(target));
        assertThat(report.isComplete()).isTrue();
        assertThat(target.resolve("d/b")).hasContent("shared");
        assertThat(Files.isSameFile(target.resolve("d/b"), target.resolve("d/c")))
                .isTrue();
        assertThat(backup.opened()).isEqualTo(1);
    }

    @Test
    void nothing_found_is_answered_with_the_roots() throws IOException {
        write("f", "x");
        MemoryBackup backup = backup();
        RestoreRequest none = RestoreRequest.of(List.of(source + "/nothing")).into(target);
        assertThatThrownBy(() -> restore(backup, none)).hasMessageContaining("data (" + source + ")");
        RestoreRequest early = all().at(Instant.EPOCH.minusSeconds(1));
        assertThatThrownBy(() -> restore(backup, early)).hasMessageContaining("1969");
        assertThat(target).doesNotExist();
    }

    @Test
    void owners_can_be_found_by_name() throws IOException {
        assumeThat(HeldDirectory.isSafeFromRaces()).as("system calls of Linux").isTrue();
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("root")
                .isEqualTo(0);
        write("f", "x");
        MemoryBackup backup = backup();
        FileMeta meta = backup.version("data", RawPath.of("f")).meta().orElseThrow();
        FileStat s = meta.stat();
        FileStat foreign = new FileStat(
                s.type(),
                s.sizeBytes(),
                s.modified(),
                s.changed(),
                s.device(),
                s.inode(),
                1,
                s.mode(),
                77777,
                77778,
                0);
        backup.put(
                "data",
                RawPath.of("f"),
                new FileMeta(
                        foreign,
                        Optional.of("root"),
                        Optional.of("no such group"),
                        meta.linkTarget(),
                        List.of(),
                        Optional.empty()),
                Optional.of("x".getBytes(StandardCharsets.UTF_8)));
        assertThat(restore(backup, all().owning(Ownership.NAMES)).isComplete()).isTrue();
        assertThat(Files.getAttribute(target.resolve("f"), "unix:uid")).isEqualTo(0);
        assertThat(Files.getAttribute(target.resolve("f"), "unix:gid")).isEqualTo(77778);
    }
}
