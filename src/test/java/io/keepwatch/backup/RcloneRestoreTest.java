package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.StatReader;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.S3ObjectStore;
import io.keepwatch.store.S3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the mirror stores comes back with rclone alone, as the README says. */
class RcloneRestoreTest extends BackupFixture {
    @Test
    void rclone_restores_files_with_times_and_modes_and_symlinks() throws Exception {
        assumeTrue(isInstalled(), "rclone is not installed (Debian: apt-get install rclone)");
        try (EmbeddedS3 server = EmbeddedS3.start(temporary.resolve("s3"))) {
            useStore(new S3ObjectStore(server.options(), new RequestLedger(), Clock.systemUTC()));
            write("empty", "");
            write("dir/deep/grüße 漢字", "with a readable name");
            Path script = write("dir/script", "#!/bin/sh");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
            Files.setLastModifiedTime(script, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
            Files.createSymbolicLink(tree.resolve("dir/link"), Path.of("deep/grüße 漢字"));
            backUp();

            Path target = temporary.resolve("target");
            run(server.options(), target);

            for (String file : List.of("empty", "dir/deep/grüße 漢字", "dir/script")) {
                assertThat(target.resolve(file)).hasSameBinaryContentAs(tree.resolve(file));
                assertThat(Files.getLastModifiedTime(target.resolve(file)))
                        .isEqualTo(Files.getLastModifiedTime(tree.resolve(file)));
                assertThat(StatReader.lstat(target.resolve(file)).mode())
                        .isEqualTo(StatReader.lstat(tree.resolve(file)).mode());
            }
            assertThat(Files.readSymbolicLink(target.resolve("dir/link"))).isEqualTo(Path.of("deep/grüße 漢字"));
            try (var entries = Files.walk(target)) {
                assertThat(entries.map(path -> target.relativize(path).toString()))
                        .containsExactlyInAnyOrder(
                                "", "empty", "dir", "dir/deep", "dir/deep/grüße 漢字", "dir/script", "dir/link");
            }
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("rclone", "version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void run(S3Options options, Path target) throws IOException, InterruptedException {
        S3Options.Credentials.Static keys = (S3Options.Credentials.Static) options.credentials();
        Path log = temporary.resolve("rclone.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "rclone",
                        "copy",
                        "--config=",
                        "-M",
                        "--links",
                        "--exclude",
                        ".keepwatch-dir",
                        ":s3:" + options.bucket() + "/" + KEYS,
                        target.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment()
                .putAll(Map.of(
                        "LC_ALL", "C.UTF-8",
                        "RCLONE_S3_PROVIDER", "Other",
                        "RCLONE_S3_ENDPOINT", options.endpoint().orElseThrow().toString(),
                        "RCLONE_S3_ACCESS_KEY_ID", keys.accessKeyId(),
                        "RCLONE_S3_SECRET_ACCESS_KEY", keys.secretKey()));
        Process rclone = builder.start();
        assertThat(rclone.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(rclone.exitValue()).as(Files.readString(log)).isZero();
    }
}
