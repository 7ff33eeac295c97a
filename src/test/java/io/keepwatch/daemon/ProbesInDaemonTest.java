package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.history.HistoryReader;
import io.keepwatch.history.Series;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbesInDaemonTest extends DaemonFixture {
    @BeforeEach
    void only_linux_is_complete() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    }

    private Config withProbes(String probes) throws IOException {
        Path file = writeConfig("");
        Files.writeString(file, Files.readString(file).replace("probes: off", "probes: " + probes));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    private static String metrics(Daemon daemon) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void readings_are_metrics_and_history() throws IOException {
        Daemon daemon = start(withProbes("{memory.usage: 1s, host.activity: 1s, disk.usage: off}"));
        String page = await().atMost(PATIENCE)
                .until(() -> metrics(daemon), text -> text.contains("keepwatch_probe_cpu_idle_ratio{"));
        assertThat(page)
                .contains("keepwatch_probe_memory_total_bytes{subject=\"\"} ")
                .contains("keepwatch_probe_success{probe=\"memory.usage\"} 1.0")
                .contains("keepwatch_probe_duration_seconds{probe=\"memory.usage\"} ")
                .doesNotContain("keepwatch_probe_disk_used_ratio");
        awaitStatus(daemon, status -> status.state().equals("current"));
        stop(daemon);
        try (HistoryReader history = HistoryReader.open(state())) {
            assertThat(history.series()).contains(new Series("memory.available_bytes", ""));
        }
        assertThat(state().resolve("thresholds.json")).content().contains("memory.usage");
    }

    @Test
    void without_probes_nothing_of_the_host_is_read_or_kept() throws Exception {
        Daemon daemon = start(withProbes("off"));
        assertThat(metrics(daemon)).doesNotContain("keepwatch_probe_");
        awaitStatus(daemon, status -> status.state().equals("current"));
        stop(daemon);
        assertThat(state().resolve("history.db")).doesNotExist();
        assertThat(state().resolve("thresholds.json")).doesNotExist();
    }

    @Test
    void what_the_thresholds_remember_survives_a_restart() throws IOException {
        ThresholdFile file = new ThresholdFile(temporary);
        Daemon daemon = start(withProbes("{memory.usage: 1s}"));
        await().atMost(Duration.ofSeconds(30)).until(() -> metrics(daemon).contains("keepwatch_probe_memory_total"));
        awaitStatus(daemon, status -> status.state().equals("current"));
        stop(daemon);
        Files.copy(state().resolve("thresholds.json"), temporary.resolve("thresholds.json"));
        assertThat(file.load().subjects())
                .anySatisfy(subject -> assertThat(subject.threshold()).isEqualTo("available"));
    }

    @Test
    void a_damaged_threshold_file_is_begun_anew() throws IOException {
        Files.writeString(temporary.resolve("thresholds.json"), "{\"subjects\": 7}");
        assertThat(new ThresholdFile(temporary).load().subjects()).isEmpty();
    }
}
