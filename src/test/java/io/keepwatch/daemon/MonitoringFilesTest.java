package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.http.MetricsRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What packaging/ offers to Prometheus and Grafana asks for metrics that there are. */
class MonitoringFilesTest extends DaemonFixture {
    private static final Path ALERTS = Path.of("packaging/prometheus/alerts.yml");
    private static final Path GRAFANA = Path.of("packaging/grafana/keepwatch.json");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern METRIC = Pattern.compile("\\bkeepwatch_[a-z0-9_]+");

    private Config withDiskProbe() throws IOException {
        Path file = writeConfig("");
        Files.writeString(file, Files.readString(file).replace("probes: off", "probes: {disk.usage: 1s}"));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    private static String metrics(Daemon daemon) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + "/metrics"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("content-type")).hasValue(MetricsRoutes.OPEN_METRICS);
        return answer.body();
    }

    @Test
    void every_metric_that_they_name_exists_and_the_page_is_open_metrics() throws Exception {
        Daemon daemon = start(withDiskProbe());
        Files.writeString(watched().resolve("file"), "x");
        awaitDurable(daemon);
        String page = await().atMost(PATIENCE)
                .until(() -> metrics(daemon), text -> text.contains("keepwatch_probe_disk_used_ratio{"));
        Set<String> there = page.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[ {]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>();
        named.addAll(metricsIn(Files.readString(ALERTS)));
        named.addAll(metricsIn(Files.readString(GRAFANA)));
        assertThat(named).hasSizeGreaterThan(10).isSubsetOf(there);
        assertThat(page).endsWith("# EOF\n");
        assertThat(page.lines().filter(line -> line.startsWith("# TYPE ") && line.endsWith(" counter")))
                .noneMatch(line -> line.contains("_total "));
        assertThat(there).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    }

    private static List<String> metricsIn(String text) {
        return METRIC.matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void every_panel_of_the_dashboard_lies_in_the_grid_and_has_a_query() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(GRAFANA.toFile());
        assertThat(dashboard.get("panels")).hasSizeGreaterThan(5);
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
            assertThat(panel.at("/targets/0/expr").asText()).contains("keepwatch_");
        }
    }

    @Test
    void prometheus_takes_the_alerts() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(PROMTOOL), "promtool of Debian's package prometheus is not installed");
        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "rules", ALERTS.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
        Matcher found = Pattern.compile("(\\d+) rules found").matcher(said);
        assertThat(found.find()).isTrue();
        assertThat(Integer.parseInt(found.group(1))).isPositive();
    }
}
