package io.keepwatch.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestoreResumeTest extends RestoreFixture {

    @Test
    void what_a_killed_restore_left_is_finished_and_removed() throws IOException {
        write("d/f", "one");
        write("e/g", "two");
        Files.setPosixFilePermissions(source.resolve("d"), PosixFilePermissions.fromString("rwxr-xr-x"));
        MemoryBackup backup = backup();
        Path left = Files.createDirectories(target.resolve(StagingArea.PREFIX + "killed"));
        Files.createDirectory(target.resolve("d"));
        for (Path directory : List.of(left, target.resolve("d"))) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        Files.writeString(left.resolve("directories"), "\0d\0");
        Files.writeString(left.resolve("e17"), "half a fi");

        RestoreReport report = restoreAll(backup);

        assertThat(report.isComplete()).isTrue();
        assertThat(differences()).isEmpty();
    }

    @Test
    void leftovers_that_others_could_have_made_are_not_trusted() throws IOException {
        write("d/f", "one");
        MemoryBackup backup = backup();
        Path left = Files.createDirectories(target.resolve(StagingArea.PREFIX + "open"));
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(left.resolve("directories"), "d\0");
        Path existing = Files.createDirectory(target.resolve("d"));
        Files.setPosixFilePermissions(existing, PosixFilePermissions.fromString("rwx--x---"));

        restoreAll(backup);

        assertThat(Files.getPosixFilePermissions(existing)).isEqualTo(PosixFilePermissions.fromString("rwx--x---"));
        assertThat(left.resolve("directories")).exists();
    }

    @Test
    void two_restores_into_one_directory_do_not_mix() throws IOException {
        write("f", "x");
        MemoryBackup backup = backup();
        Files.createDirectory(target);
        try (HeldDirectory top = HeldDirectory.open(target);
                StagingArea other = StagingArea.open(top, "other")) {
            assertThat(other.adopted()).isEmpty();
            assertThatThrownBy(() -> restoreAll(backup))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("another restore");
        }
        assertThat(restoreAll(backup).isComplete()).isTrue();
    }

    @Test
    void a_full_disk_stops_it_with_whole_files_and_the_next_run_continues() throws Exception {
        byte[] bytes = new byte[400_000];
        for (int i = 0; i < 20; i++) {
            new Random(i).nextBytes(bytes);
            Files.write(source.resolve("f" + i), bytes);
        }
        MemoryBackup backup = backup();
        Files.createDirectory(target);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", target.toString()))
                .as("root may mount a tmpfs")
                .isZero();
        try {
            assertThat(restoreAll(backup).stopped().orElse("")).contains("8000000 bytes", "are missing");
            assertThat(target).isEmptyDirectory();

            RestoreReport full = restore(backup, all().withoutSpaceCheck());
            assertThat(full.stopped().orElse("")).contains("run the restore again");
            assertThat(full.restored()).isPositive();
            assertThat(full.failedNotes()).isEmpty();
            try (var files = Files.list(target)) {
                assertThat(files.toList())
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(Sha256.hash(Files.readAllBytes(file)))
                                .isEqualTo(Sha256.hash(Files.readAllBytes(source.resolve(file.getFileName())))));
            }

            assertThat(run("mount", "-o", "remount,size=20m", target.toString()))
                    .isZero();
            RestoreReport rest = restoreAll(backup);
            assertThat(rest.isComplete()).isTrue();
            assertThat(rest.restored() + full.restored()).isGreaterThanOrEqualTo(20);
            assertThat(differences()).isEmpty();
        } finally {
            run("umount", target.toString());
        }
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor();
    }
}
