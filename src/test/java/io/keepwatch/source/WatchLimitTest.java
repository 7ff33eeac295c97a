package io.keepwatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's limits are lowered in a user namespace of its own, so that the host keeps its settings. */
class WatchLimitTest {
    @TempDir
    Path directory;

    /** Runs {@link WatchLimitProbe} beneath these limits and returns the lines it tells. */
    private List<String> probe(String setting, int value, String mode) throws IOException, InterruptedException {
        Path output = directory.resolve("out");
        String script = "echo " + value + " > /proc/sys/user/" + setting + " || exit 77; exec \"$@\"";
        Process process = new ProcessBuilder(
                        "unshare",
                        "-Ur",
                        "sh",
                        "-c",
                        script,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WatchLimitProbe.class.getName(),
                        Files.createDirectories(directory.resolve("root")).toString(),
                        mode)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        assumeTrue(
                ended && process.exitValue() != 77 && !text.contains("unshare: "),
                "this host forbids user namespaces: " + text);
        return text.lines().toList();
    }

    @Test
    void too_few_watches_at_the_start_degrade_and_the_rest_is_watched() throws IOException, InterruptedException {
        assertThat(probe("max_inotify_watches", 20, "before"))
                .anyMatch(
                        line -> line.startsWith("degraded: the kernel's limit on inotify watches leaves 31 directories")
                                && line.contains("raise user.max_inotify_watches (now 20) to 128"))
                .contains("complete: false", "watched: 20", "tree: watch registered", "exact: true");
    }

    @Test
    void too_few_watches_at_run_time_degrade_and_new_directories_are_compared()
            throws IOException, InterruptedException {
        assertThat(probe("max_inotify_watches", 20, "after"))
                .anyMatch(line -> line.startsWith("degraded: ") && line.contains("user.max_inotify_watches"))
                .contains("complete: false", "watched: 20", "exact: true");
    }

    @Test
    void no_inotify_instance_degrades_and_names_its_setting() throws IOException, InterruptedException {
        assertThat(probe("max_inotify_instances", 0, "before"))
                .anyMatch(line -> line.startsWith("degraded: the kernel gives no more inotify instances")
                        && line.contains("raise user.max_inotify_instances (now 0) to "))
                .contains("complete: false", "watched: 0", "exact: true");
    }
}
