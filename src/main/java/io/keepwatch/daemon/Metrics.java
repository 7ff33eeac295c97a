package io.keepwatch.daemon;

import io.keepwatch.bus.Bus;
import io.keepwatch.event.Topics;
import io.keepwatch.http.MetricsRoutes;
import io.keepwatch.http.Status;
import io.keepwatch.workflow.state.KeeperStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The metrics page: counters that follow the events, gauges that follow the status. No path is ever a label. */
final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StatusBoard board;
    private final ProbeMetrics probes;
    private final Supplier<CompletionStage<KeeperStatus>> rules;
    private final MultiGauge backlog = gauge("keepwatch.backlog.versions", "Versions that are seen but not durable");
    private final MultiGauge lag =
            gauge("keepwatch.backlog.lag.seconds", "Age of the oldest change that is not durable");
    private final MultiGauge files = gauge("keepwatch.root.files", "Durable regular files of a root");
    private final MultiGauge bytes = gauge("keepwatch.root.bytes", "Their size");
    private final MultiGauge watch = gauge("keepwatch.root.watch", "1 for the state the watch of a root is in");
    private final MultiGauge reachable = gauge("keepwatch.store.reachable", "1 while the store takes objects");
    private final MultiGauge requests = gauge("keepwatch.store.requests", "Requests since the start, by class");
    private final MultiGauge cost = gauge("keepwatch.store.cost.month", "Price of this month's requests and reads");

    private final MultiGauge events =
            gauge("keepwatch.rules.events", "Events that rules were told since the start, by what became of them");
    private final MultiGauge dropped =
            gauge("keepwatch.rules.runs.dropped", "Runs that a breaker kept from taking place since the start");

    /** @param rules asked for each page */
    Metrics(Bus bus, StatusBoard board, HostProbes hostProbes, Supplier<CompletionStage<KeeperStatus>> rules) {
        this.board = board;
        this.rules = rules;
        this.probes = hostProbes.metrics(registry);
        Counter versions = counter("keepwatch.backup.versions", "Versions made durable");
        Counter deletions = counter("keepwatch.backup.deletions", "Deletions made durable");
        Counter uploaded = counter("keepwatch.backup.uploaded.bytes", "Bytes of content uploaded");
        Counter failures = counter("keepwatch.backup.failures", "Versions that could not be stored at a try");
        Counter reconciles = counter("keepwatch.reconcile.runs", "Comparisons of trees with the catalog");
        Timer latency = Timer.builder("keepwatch.backup.latency")
                .description("From the oldest change of a flush to its durability")
                .publishPercentileHistogram()
                .minimumExpectedValue(java.time.Duration.ofMillis(100))
                .maximumExpectedValue(java.time.Duration.ofHours(1))
                .register(registry);
        bus.subscribe(Topics.BACKUP_COMPLETED, event -> {
            versions.increment((double) event.versions());
            deletions.increment((double) event.deletions());
            uploaded.increment((double) event.uploadedBytes());
            latency.record(event.latency());
        });
        bus.subscribe(Topics.BACKUP_FAILED, event -> failures.increment((double) event.versions()));
        bus.subscribe(Topics.RECONCILE_COMPLETED, event -> reconciles.increment());
    }

    CompletionStage<String> page() {
        return board.status().thenCombine(rules.get(), this::page);
    }

    private synchronized String page(Status status, KeeperStatus kept) {
        probes.update();
        events.register(
                List.of(
                        row("result", "judged", (double) (kept.events() - kept.deadLetters())),
                        row("result", "refused", (double) kept.refused()),
                        row("result", "mismatched", (double) kept.deadLetters())),
                true);
        set(dropped, MultiGauge.Row.of(Tags.empty(), (double) kept.dropped()));
        backlog.register(
                List.of(row("state", "pending", (double) status.backlog().pending()), row("state", "uploading", (double)
                        status.backlog().uploading())),
                true);
        set(lag, MultiGauge.Row.of(Tags.empty(), status.backlog().lagSeconds()));
        set(reachable, MultiGauge.Row.of(Tags.empty(), status.store().reachable() ? 1 : 0));
        set(
                cost,
                row(
                        "currency",
                        status.requests().currency(),
                        status.requests().costThisMonth().doubleValue()));
        requests.register(
                status.requests().sinceStart().entrySet().stream()
                        .<MultiGauge.Row<?>>map(entry -> row("class", entry.getKey(), (double) entry.getValue()))
                        .toList(),
                true);
        files.register(rows(status, Status.Root::files), true);
        bytes.register(rows(status, Status.Root::bytes), true);
        watch.register(
                status.roots().stream()
                        .<MultiGauge.Row<?>>map(root -> MultiGauge.Row.of(
                                Tags.of(Tag.of("root", root.name()), Tag.of("state", root.watch())), 1))
                        .toList(),
                true);
        return registry.scrape(MetricsRoutes.OPEN_METRICS);
    }

    private static List<MultiGauge.Row<?>> rows(Status status, java.util.function.ToLongFunction<Status.Root> value) {
        return status.roots().stream()
                .<MultiGauge.Row<?>>map(root -> row("root", root.name(), (double) value.applyAsLong(root)))
                .toList();
    }

    private static MultiGauge.Row<?> row(String tag, String text, double value) {
        return MultiGauge.Row.of(Tags.of(tag, text), value);
    }

    private static void set(MultiGauge gauge, MultiGauge.Row<?> row) {
        gauge.register(Stream.<MultiGauge.Row<?>>of(row).toList(), true);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
