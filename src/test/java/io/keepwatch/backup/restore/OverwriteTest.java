package io.keepwatch.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OverwriteTest extends RestoreFixture {
    private MemoryBackup makeBackup() throws IOException {
        Files.setLastModifiedTime(write("f", "backed up"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        write("d/g", "other");
        return backup();
    }

    private void putInTheWay(String modified) throws IOException {
        Files.createDirectories(target);
        Path file = Files.writeString(target.resolve("f"), "in the way");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
    }

    @Test
    void never_keeps_what_is_there_and_reports_it() throws IOException {
        MemoryBackup backup = makeBackup();
        putInTheWay("1999-01-01T00:00:00Z");
        RestoreReport report = restoreAll(backup);
        assertThat(target.resolve("f")).hasContent("in the way");
        assertThat(target.resolve("d/g")).hasContent("other");
        assertThat(report.skippedNotes())
                .singleElement()
                .satisfies(note -> assertThat(note.reason()).contains("never"));
    }

    @Test
    void older_replaces_only_what_is_older() throws IOException {
        MemoryBackup backup = makeBackup();
        putInTheWay("2021-01-01T00:00:00Z");
        assertThat(restore(backup, all().overwriting(OverwriteRule.OLDER)).skipped())
                .isEqualTo(1);
        assertThat(target.resolve("f")).hasContent("in the way");
        putInTheWay("2019-01-01T00:00:00Z");
        assertThat(restore(backup, all().overwriting(OverwriteRule.OLDER)).skipped())
                .isZero();
        assertThat(target.resolve("f")).hasContent("backed up");
    }

    @Test
    void always_replaces_and_the_trees_are_equal() throws IOException {
        MemoryBackup backup = makeBackup();
        putInTheWay("2021-01-01T00:00:00Z");
        Files.createDirectory(target.resolve("d"));
        Files.createDirectory(target.resolve("d/g"));
        assertThat(restore(backup, all().overwriting(OverwriteRule.ALWAYS)).isComplete())
                .isTrue();
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_directory_that_is_not_empty_is_never_deleted() throws IOException {
        MemoryBackup backup = makeBackup();
        Files.createDirectories(target.resolve("f/precious"));
        RestoreReport report = restore(backup, all().overwriting(OverwriteRule.ALWAYS));
        assertThat(target.resolve("f/precious")).exists();
        assertThat(report.skippedNotes())
                .singleElement()
                .satisfies(note -> assertThat(note.reason()).contains("not empty"));
    }

    @Test
    void a_second_run_finds_all_in_place_and_fetches_nothing() throws IOException {
        makeBackup();
        Files.createLink(source.resolve("h"), source.resolve("f"));
        MemoryBackup backup = backup();
        assertThat(restoreAll(backup).restored()).isEqualTo(5);
        int fetched = backup.opened();

        RestoreReport again = restoreAll(backup);

        assertThat(again.restored()).isZero();
        assertThat(again.unchanged()).isEqualTo(5);
        assertThat(again.isComplete()).isTrue();
        assertThat(backup.opened()).isEqualTo(fetched);
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_second_run_completes_what_is_missing_and_the_times_of_directories_stay() throws IOException {
        MemoryBackup backup = makeBackup();
        restoreAll(backup);
        FileTime modified = Files.getLastModifiedTime(source.resolve("d"));
        Files.delete(target.resolve("d/g"));
        Files.setLastModifiedTime(target.resolve("d"), modified);
        assertThat(restoreAll(backup).isComplete()).isTrue();
        assertThat(target.resolve("d/g")).hasContent("other");
        assertThat(Files.getLastModifiedTime(target.resolve("d"))
                        .toInstant()
                        .truncatedTo(java.time.temporal.ChronoUnit.MICROS))
                .isEqualTo(modified.toInstant().truncatedTo(java.time.temporal.ChronoUnit.MICROS));
    }

    @Test
    void a_dry_run_says_what_it_would_do_and_does_nothing() throws IOException {
        MemoryBackup backup = makeBackup();
        RestoreReport report = restore(backup, all().asDryRun());
        assertThat(target).doesNotExist();
        assertThat(report.restored()).isEqualTo(4);
        assertThat(report.bytes()).isEqualTo(14);
        putInTheWay("2021-01-01T00:00:00Z");
        RestoreReport second = restore(backup, all().asDryRun());
        assertThat(second.skipped()).isEqualTo(1);
        assertThat(second.restored()).isEqualTo(2);
        assertThat(target.resolve("d")).doesNotExist();
        assertThat(backup.opened()).isZero();
    }

    @Test
    void back_home_only_what_is_gone_is_restored() throws IOException {
        MemoryBackup backup = makeBackup();
        Files.delete(source.resolve("f"));
        RestoreReport report = restore(backup, RestoreRequest.of(java.util.List.of("data")));
        assertThat(source.resolve("f")).hasContent("backed up");
        assertThat(report.restored()).isEqualTo(1);
    }
}
