package io.keepwatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyLimitsTest {
    @TempDir
    Path proc;

    private void write(String file, String text) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(proc.resolve("sys/user"));
        Files.createDirectories(proc.resolve("sys/fs/inotify"));
        Files.writeString(path, text);
    }

    @Test
    void the_remedy_names_the_setting_its_value_and_a_number_that_would_do() throws IOException {
        write("sys/fs/inotify/max_user_watches", "8192\n");
        write("sys/user/max_inotify_watches", "8192\n");
        assertThat(new InotifyLimits(proc).watchRemedy(5_000))
                .isEqualTo("raise fs.inotify.max_user_watches (now 8192) to 32768:"
                        + " sysctl -w fs.inotify.max_user_watches=32768, and write"
                        + " \"fs.inotify.max_user_watches = 32768\" to /etc/sysctl.d/60-keepwatch.conf to keep it");
    }

    @Test
    void the_limit_of_the_user_namespace_is_named_where_it_is_the_lower_one() throws IOException {
        write("sys/fs/inotify/max_user_watches", "192536\n");
        write("sys/user/max_inotify_watches", "200\n");
        assertThat(new InotifyLimits(proc).watchRemedy(100))
                .startsWith("raise user.max_inotify_watches (now 200) to 512");
        assertThat(new InotifyLimits(proc).watches()).hasValue(200);
    }

    @Test
    void the_kernels_own_number_is_read_whole() throws IOException {
        String host = "/proc/sys/fs/inotify/max_user_watches";
        String namespace = "/proc/sys/user/max_inotify_watches";
        assumeTrue(Files.exists(Path.of(host)) && Files.exists(Path.of(namespace)), "only Linux has these files");
        long expected = Math.min(cat(host), cat(namespace));
        assertThat(new InotifyLimits(Path.of("/proc")).watches()).hasValue(expected);
    }

    private static long cat(String file) throws IOException {
        Process cat = new ProcessBuilder("cat", file).start();
        return Long.parseLong(new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    }

    @Test
    void the_limit_on_instances_has_its_own_setting() throws IOException {
        write("sys/fs/inotify/max_user_instances", "128\n");
        assertThat(new InotifyLimits(proc).instanceRemedy())
                .startsWith("raise fs.inotify.max_user_instances (now 128) to 256")
                .contains("open files");
    }

    @Test
    void a_limit_that_cannot_be_read_is_called_unknown() {
        assertThat(new InotifyLimits(proc).watchRemedy(1)).contains("fs.inotify.max_user_watches (now unknown)");
    }
}
