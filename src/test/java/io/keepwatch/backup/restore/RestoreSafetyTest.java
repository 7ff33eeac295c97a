package io.keepwatch.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.TreeComparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestoreSafetyTest extends RestoreFixture {
    private Path outside = Path.of("");
    private Object before = "";

    @BeforeEach
    void make_a_canary() throws IOException {
        outside = Files.createDirectory(temporary.toRealPath().resolve("outside"));
        Files.writeString(outside.resolve("b"), "canary");
        before = TreeComparison.describe(outside);
    }

    private void assertCanaryIsUntouched() throws IOException {
        assertThat(TreeComparison.describe(outside)).isEqualTo(before);
    }

    private static FileMeta as(FileMeta meta, FileType type, Optional<Bytes> target) {
        FileStat s = meta.stat();
        FileStat stat = new FileStat(
                type,
                s.sizeBytes(),
                s.modified(),
                s.changed(),
                s.device(),
                s.inode(),
                1,
                s.mode(),
                s.uid(),
                s.gid(),
                0);
        return new FileMeta(stat, meta.owner(), meta.group(), target, List.of(), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(OverwriteRule.class)
    void a_link_in_the_backup_is_never_written_through(OverwriteRule rule) throws IOException {
        write("a/b", "evil");
        MemoryBackup backup = backup();
        FileVersion directory = backup.version("data", RawPath.of("a"));
        Bytes link = Bytes.of(outside.toString().getBytes(StandardCharsets.UTF_8));
        FileMeta meta = as(directory.meta().orElseThrow(), FileType.SYMLINK, Optional.of(link));
        backup.put("data", RawPath.of("a"), meta, Optional.empty());

        RestoreReport report = restore(backup, all().overwriting(rule));

        assertCanaryIsUntouched();
        assertThat(report.restored() + report.failed() + report.skipped()).isEqualTo(3);
    }

    @Test
    void a_resolved_target_that_became_a_link_is_not_followed() throws IOException {
        write("a/b", "evil");
        MemoryBackup backup = backup();
        Files.createSymbolicLink(target, outside);

        for (Path into : List.of(target, target.resolve("deeper"))) {
            assertThatThrownBy(() -> restore(backup, all().into(TargetDirectory.resolved(into))))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("is a link or no directory");
        }

        assertCanaryIsUntouched();
    }

    @Test
    void a_link_in_place_of_a_parent_is_not_followed() throws IOException {
        write("a/b", "mine");
        write("c", "mine");
        MemoryBackup backup = backup();
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("a"), outside);

        RestoreReport report = restoreAll(backup);

        assertCanaryIsUntouched();
        assertThat(target.resolve("a")).isSymbolicLink();
        assertThat(target.resolve("c")).hasContent("mine");
        assertThat(report.isComplete()).isFalse();
        assertThat(restore(backup, all().overwriting(OverwriteRule.ALWAYS)).isComplete())
                .isTrue();
        assertCanaryIsUntouched();
        assertThat(target.resolve("a")).isDirectory();
        assertThat(target.resolve("a/b")).hasContent("mine");
    }

    @Test
    void a_link_in_place_of_a_file_is_replaced_and_not_followed() throws IOException {
        write("b", "mine");
        MemoryBackup backup = backup();
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("b"), outside.resolve("b"));

        assertThat(restoreAll(backup).skipped()).isEqualTo(1);
        assertThat(target.resolve("b")).isSymbolicLink();
        restore(backup, all().overwriting(OverwriteRule.ALWAYS));

        assertCanaryIsUntouched();
        assertThat(target.resolve("b")).isRegularFile().hasContent("mine");
        assertThat(Files.isSymbolicLink(target.resolve("b"))).isFalse();
    }

    @Test
    void a_hard_link_to_a_link_in_the_target_does_not_reach_outside() throws IOException {
        write("a", "mine");
        Files.createLink(source.resolve("z"), source.resolve("a"));
        MemoryBackup backup = backup();
        Files.createDirectory(target);
        Files.createSymbolicLink(target.resolve("a"), outside.resolve("b"));

        restoreAll(backup);

        assertCanaryIsUntouched();
        assertThat(target.resolve("z")).hasContent("mine");
        assertThat(Files.isSymbolicLink(target.resolve("z"))).isFalse();
    }

    @Test
    void a_link_in_the_way_back_home_is_refused() throws IOException {
        write("b", "mine");
        MemoryBackup backup = backup();
        Files.delete(source.resolve("b"));
        Files.delete(source);
        Files.createSymbolicLink(source, outside);

        assertThatThrownBy(() -> restore(backup, RestoreRequest.of(List.of("data"))))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("link");
        assertCanaryIsUntouched();
    }

    @Test
    void wrong_bytes_from_the_store_never_get_a_name() throws IOException {
        write("f", "right");
        write("long", "right");
        write("g", "right");
        MemoryBackup backup = backup();
        backup.corrupt("data", RawPath.of("f"), "wrong".getBytes(StandardCharsets.UTF_8));
        backup.corrupt("data", RawPath.of("long"), new byte[1_000_000]);

        RestoreReport report = restoreAll(backup);

        assertThat(report.failedNotes())
                .hasSize(2)
                .allSatisfy(note -> assertThat(note.reason()).contains("objects/data/"))
                .anySatisfy(note -> assertThat(note.reason()).contains("sha256"));
        assertThat(target.resolve("f")).doesNotExist();
        assertThat(target.resolve("long")).doesNotExist();
        assertThat(target.resolve("g")).hasContent("right");
        try (var entries = Files.list(target)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void a_lost_object_fails_alone_and_is_named() throws IOException {
        write("f", "gone");
        write("g", "here");
        MemoryBackup backup = backup();
        backup.lose("data", RawPath.of("f"));
        RestoreReport report = restoreAll(backup);
        assertThat(report.failedNotes())
                .singleElement()
                .satisfies(note -> assertThat(note.reason()).contains("objects/data/f", "gone from the bucket"));
        assertThat(target.resolve("g")).hasContent("here");
    }

    @Test
    void one_lost_connection_is_tried_again() throws IOException {
        write("f", "text");
        MemoryBackup backup = backup();
        backup.failReads(1);
        assertThat(restoreAll(backup).isComplete()).isTrue();
        assertThat(target.resolve("f")).hasContent("text");
    }

    @Test
    @Timeout(60)
    void nobody_can_lead_a_running_restore_elsewhere() throws Exception {
        assumeThat(HeldDirectory.isSafeFromRaces())
                .as("calls that cannot be raced")
                .isTrue();
        for (int i = 0; i < 60; i++) {
            write("d/f" + i, "mine");
        }
        write("d/b", "evil");
        MemoryBackup backup = backup();
        Files.createDirectories(target.resolve("d"));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger swaps = new AtomicInteger();
        Thread attacker = new Thread(() -> {
            while (!done.get()) {
                swap(target.resolve("d"), target.resolve("aside"));
                swaps.incrementAndGet();
            }
        });
        attacker.start();
        try {
            for (int i = 0; i < 5; i++) {
                restore(backup, all().overwriting(i % 2 == 0 ? OverwriteRule.NEVER : OverwriteRule.ALWAYS));
            }
        } finally {
            done.set(true);
            attacker.join();
        }
        assertCanaryIsUntouched();
        assertThat(swaps).hasPositiveValue();
    }

    private void swap(Path directory, Path aside) {
        try {
            Files.move(directory, aside);
            Files.createSymbolicLink(directory, outside);
            Files.delete(directory);
            Files.move(aside, directory);
        } catch (IOException e) {
            // The restore was faster with this name; the next round tries again.
            return;
        }
    }
}
