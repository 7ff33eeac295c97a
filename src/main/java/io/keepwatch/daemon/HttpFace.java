package io.keepwatch.daemon;

import io.keepwatch.backup.restore.RestoreRoot;
import io.keepwatch.backup.restore.Restorer;
import io.keepwatch.backup.restore.VersionSource;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.config.Config;
import io.keepwatch.config.HttpConfig;
import io.keepwatch.config.RootConfig;
import io.keepwatch.event.BackupCompleted;
import io.keepwatch.http.CloudEvent;
import io.keepwatch.http.ConfigurationRoutes;
import io.keepwatch.http.Dashboard;
import io.keepwatch.http.EventRing;
import io.keepwatch.http.EventRoutes;
import io.keepwatch.http.FileRoutes;
import io.keepwatch.http.HealthRoutes;
import io.keepwatch.http.HookRoutes;
import io.keepwatch.http.HooksView;
import io.keepwatch.http.HostRoutes;
import io.keepwatch.http.LastingEvents;
import io.keepwatch.http.MetricsRoutes;
import io.keepwatch.http.RestoreRoutes;
import io.keepwatch.http.RouteGroup;
import io.keepwatch.http.RuleRoutes;
import io.keepwatch.http.RulesView;
import io.keepwatch.http.StateRoutes;
import io.keepwatch.http.StatusRoutes;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the daemon shows over HTTP: every route group on its view of the daemon. */
final class HttpFace implements AutoCloseable {
    private static final long IDLE_SECONDS = 20;

    private final EventRing events;
    private final EventJournal journal;
    private final LastingEvents lasting;
    private final ExecutorService keeping;
    private final FlushBoard flushes;
    private final HostBoard host;
    private final RestoreJobs restores;
    private final ExecutorService restoring;
    private final ExecutorService restoringFiles;
    private final List<RouteGroup> signed;
    private final List<RouteGroup> open;
    private final List<RouteGroup> guarded;

    /** The parts of the daemon that are shown. */
    record Parts(
            Config config,
            Catalog catalog,
            Backend backend,
            StatusBoard status,
            RootBoard roots,
            RequestReports reports,
            HostProbes probes,
            Metrics metrics,
            Optional<RulesView> rules,
            Optional<HooksView> hooks) {}

    /**
     * @param answering reads catalogs and boards, quickly
     * @param threads makes those of restores, downloads and the journal, which end when there is none
     */
    HttpFace(Parts parts, ExecutorService answering, ThreadFactory threads, Clock clock) {
        Config config = parts.config();
        CatalogReader catalog = parts.catalog().reader();
        this.events = new EventRing(clock.instant());
        this.journal = new EventJournal(config.state());
        EventJournal.Kept kept = journal.read(clock.instant());
        this.lasting = new LastingEvents(kept.events(), kept.since());
        this.keeping = pool(1, threads);
        this.flushes = new FlushBoard(parts.catalog(), clock);
        this.host = parts.probes().view(config.state(), clock);
        this.restoring = pool(1, threads);
        this.restoringFiles = pool(Restorer.PARALLEL, threads);
        this.restores = new RestoreJobs(
                new Restorer(
                        versions(catalog),
                        parts.backend().layout(),
                        restoreRoots(config, catalog),
                        restoringFiles,
                        Restorer.PARALLEL),
                new RestoreTargets(config.http().map(HttpConfig::restoreTo).orElse(List.of())),
                restoring,
                clock);
        FileBoard files = new FileBoard(
                config.roots().stream().map(RootConfig::name).collect(Collectors.toSet()),
                catalog,
                parts.backend().layout(),
                new ContentCopy(config.state().resolve("spool")),
                restoringFiles);
        this.signed = parts.hooks().<RouteGroup>map(HookRoutes::new).stream().toList();
        this.open = List.of(
                new HealthRoutes(
                        parts.status(),
                        config.http().map(HttpConfig::tokens).orElse(List.of()).isEmpty()),
                new Dashboard());
        this.guarded = List.of(
                new StatusRoutes(parts.status()),
                new MetricsRoutes(parts.metrics()::page),
                new StateRoutes(
                        new RootsBoard(config, catalog, parts.roots()),
                        new BillBoard(config, catalog, parts.reports(), clock),
                        flushes,
                        answering),
                new FileRoutes(files, answering),
                new RestoreRoutes(restores, answering),
                new HostRoutes(host, answering),
                new EventRoutes(events, lasting, answering),
                new RuleRoutes(parts.rules()),
                new ConfigurationRoutes(ShownSettings.of(config)));
    }

    /** Tells those who listen. Any thread. */
    void tell(RuleEvent event) {
        CloudEvent brief = ToldEvents.brief(event);
        events.add(brief);
        if (LastingEvents.isOne(brief)) {
            lasting.add(brief);
            keeping.execute(() -> journal.add(brief));
        }
    }

    /** Any thread. */
    void take(BackupCompleted done) {
        flushes.take(done);
    }

    /** For other programs, whose requests prove themselves. */
    List<RouteGroup> signed() {
        return signed;
    }

    /** For everybody who reaches the port. */
    List<RouteGroup> open() {
        return open;
    }

    /** For those who may. */
    List<RouteGroup> guarded() {
        return guarded;
    }

    static VersionSource versions(CatalogReader catalog) {
        return (root, prefix, time, each) -> catalog.forEachAt(
                root,
                prefix,
                time,
                false,
                row -> each.accept(new StoredVersion(
                        row.version(), new Location(row.location().orElse("")))));
    }

    static List<RestoreRoot> restoreRoots(Config config, CatalogReader catalog) {
        List<RestoreRoot> roots = new ArrayList<>();
        config.roots().forEach(root -> roots.add(new RestoreRoot(root.name(), root.path())));
        // A root that is configured no more can still be restored, by its name.
        catalog.roots().stream()
                .filter(name -> roots.stream().noneMatch(root -> root.name().equals(name)))
                .forEach(name -> roots.add(new RestoreRoot(name, Path.of("/nonexistent", name))));
        return roots;
    }

    private static ExecutorService pool(int size, ThreadFactory threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Cancels restores and waits until the files under way are done. */
    @Override
    public void close() {
        restores.cancelAll();
        restoring.shutdown();
        awaitEnd(restoring);
        restoringFiles.shutdown();
        awaitEnd(restoringFiles);
        keeping.shutdown();
        awaitEnd(keeping);
        host.close();
    }

    private static void awaitEnd(ExecutorService service) {
        try {
            if (!service.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS)) {
                service.shutdownNow();
            }
        } catch (InterruptedException e) {
            service.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
