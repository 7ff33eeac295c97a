package io.keepwatch.daemon;

import io.keepwatch.action.Services;
import io.keepwatch.backup.Databases;
import io.keepwatch.backup.FlushBudget;
import io.keepwatch.backup.FlushGate;
import io.keepwatch.backup.Spool;
import io.keepwatch.backup.UploadPlanner;
import io.keepwatch.backup.Uploader;
import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.backup.restore.Restorer;
import io.keepwatch.bus.Bus;
import io.keepwatch.catalog.Backlog;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.config.Config;
import io.keepwatch.config.RootConfig;
import io.keepwatch.event.Event;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.event.Topics;
import io.keepwatch.http.BackupRoutes;
import io.keepwatch.http.MaintenanceRoutes;
import io.keepwatch.http.RefusedException;
import io.keepwatch.http.RouteGroup;
import io.keepwatch.http.Status;
import io.keepwatch.snapshot.SnapshotKeeper;
import io.keepwatch.source.Debouncer;
import io.keepwatch.source.RootOptions;
import io.keepwatch.source.WatchSettings;
import io.keepwatch.workflow.load.RuleLoader;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running whole: opens the catalog (and with it takes the state folder's lock), builds the parts, and connects them.
 * Starting blocks until the daemon answers; stopping finishes what is under way.
 */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final int SOCKET_PATH_LIMIT = 107;
    private static final int REQUEST_SAVE_SECONDS = 10;
    /** So that a restore leaves room for uploads. */
    private static final int RULE_RESTORE_FILES = 4;

    private final Vertx vertx;
    private final Catalog catalog;
    private final Backend backend;
    private final Uploader uploader;
    private final FlushGate gate;
    private final Intake intake;
    private final List<RootIntake> roots;
    private final StatusBoard board;
    private final RequestTotals totals;
    private final HttpFace face;
    private final HttpVerticle http;
    private final HostProbes probes;
    private final RuleService rules;
    private final MaintenanceVerticle maintenance;
    private final SnapshotBackups snapshots;
    private final List<ExecutorService> threads;
    private final Path socket;

    private Daemon(Config config, Catalog catalog, Backend backend, Clock clock, Host host) throws IOException {
        this.catalog = catalog;
        this.backend = backend;
        this.socket = socket(config.state());
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = pool("keepwatch-worker", Math.max(4, 2 * cores));
        // Of its own: to hash large files keeps all workers busy for minutes, and the status is asked for just then.
        ExecutorService answering = pool("keepwatch-http", 4);
        ExecutorService paths = pool("keepwatch-paths", 1);
        ExecutorService trees = pool("keepwatch-trees", 1);
        ScheduledExecutorService watchers = Executors.newScheduledThreadPool(
                Math.min(4, Math.max(1, config.roots().size())), named("keepwatch-watch"));
        ExecutorService maintaining = pool("keepwatch-maintenance", 1);
        this.threads = new ArrayList<>(List.of(watchers, paths, trees, maintaining, answering, workers));
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setInternalBlockingPoolSize(2));
        Bus bus = new Bus(vertx);
        RequestReports reports = new RequestReports(config.state());
        this.totals = new RequestTotals(backend.ledger(), reports, catalog, clock);
        Spool spool = new Spool(config.state().resolve("spool"));
        Databases databases = new Databases(databaseRoots(config), catalog.reader(), spool, clock, bus::publish);
        SnapshotBackups.Planners planners =
                (files, observing) -> new UploadPlanner(catalog.reader(), files, spool, databases, observing);
        this.uploader = new Uploader(
                catalog,
                backend.layout(),
                planners.of(StoreSettings.roots(config), clock),
                workers,
                clock,
                System::nanoTime,
                RandomGenerator.getDefault(),
                bus::publish);
        this.roots = config.roots().stream()
                .map(root -> new RootIntake(options(root, config), catalog, bus, workers, cores, clock))
                .toList();
        Debouncer debouncer =
                new Debouncer(config.settle().quiet(), config.settle().maxDelay(), Debouncer.DEFAULT_CAPACITY);
        this.intake = new Intake(
                roots,
                debouncer,
                bus,
                paths,
                trees,
                clock,
                System::nanoTime,
                () -> wake(WatchVerticle.WAKE),
                () -> wake(UploadVerticle.WAKE));
        Optional<BudgetMeter> budget =
                config.store().budget().map(set -> new BudgetMeter(set, backend.prices(), totals, clock));
        this.gate = new FlushGate(
                catalog.reader(),
                backend.layout().flushLimit(),
                intake::comparing,
                budget.<FlushBudget>map(meter -> meter).orElse(FlushBudget.NONE),
                clock);
        MaintenanceVerticle maintenance = new MaintenanceVerticle(
                new Maintenance(config, catalog, backend, maintaining, clock, bus::publish),
                RandomGenerator.getDefault());
        this.maintenance = maintenance;
        MaintenanceBoard maintenanceBoard = new MaintenanceBoard(maintenance::isRunning);
        Topics.all().forEach(topic -> bus.subscribe(topic, maintenanceBoard::take));
        RootBoard rootBoard = new RootBoard(roots);
        Topics.all().forEach(topic -> bus.subscribe(topic, rootBoard::take));
        Topics.all().forEach(topic -> bus.subscribe(topic, Daemon::log));
        this.board = new StatusBoard(
                config,
                catalog.reader(),
                backend,
                uploader,
                rootBoard,
                maintenanceBoard,
                totals,
                budget,
                intake::isBusy,
                answering,
                clock);
        this.probes = new HostProbes(
                config.probes(), host.probes().get(), config.state(), bus, clock, named("keepwatch-probe"));
        this.snapshots = new SnapshotBackups(
                roots,
                catalog,
                uploader,
                planners,
                backend.layout().flushLimit(),
                SnapshotKeeper.ofThisHost(config.host(), config.state().resolve("snapshots")),
                this::backUp,
                named("keepwatch-snapshot"),
                clock);
        this.rules = rules(config, bus, workers, clock, host);
        Metrics metrics = new Metrics(bus, board, probes, rules.keeper()::status);
        HttpFace.Parts parts = new HttpFace.Parts(
                config,
                catalog,
                backend,
                board,
                rootBoard,
                reports,
                probes,
                metrics,
                Optional.of(new RulesBoard(rules, answering, clock)),
                Optional.of(new HookDoor(rules, clock)));
        this.face = new HttpFace(parts, answering, named("keepwatch-restore"), clock);
        bus.subscribe(Topics.BACKUP_COMPLETED, face::take);
        this.http = new HttpVerticle(socket, config.http(), groups(StoreSettings.roots(config)));
        snapshots.begin();
        // Before all that has something to tell.
        rules.begin(board::status, face::tell);
        deploy(maintenance);
        deploy(http);
        deploy(new UploadVerticle(uploader, gate, workers));
        deploy(new WatchVerticle(config, roots, intake, WatchSettings.of(watchers, clock)));
        if (probes.areOn()) {
            deploy(probes.verticle());
        }
        vertx.setPeriodic(REQUEST_SAVE_SECONDS * 1000L, timer -> workers.execute(this::saveRequests));
    }

    /**
     * Starts a daemon. Throws {@link io.keepwatch.catalog.CatalogLockedException} where another one has the state folder,
     * and IOException where the folder or the HTTP port cannot be used; then nothing is left running.
     */
    public static Daemon start(Config config, Clock clock) throws IOException {
        return start(config, clock, Host.real());
    }

    static Daemon start(Config config, Clock clock, Host host) throws IOException {
        Path socket = socket(config.state());
        if (socket.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > SOCKET_PATH_LIMIT) {
            throw new IOException("the path \"" + socket + "\" is longer than the " + SOCKET_PATH_LIMIT
                    + " bytes a Unix socket may have: choose a shorter state folder");
        }
        // The first rule takes a second, which is over by the time that runs are taken up again.
        CompletableFuture<Void> ruleLanguage = CompletableFuture.runAsync(RuleLoader::prepare);
        Catalog catalog = Catalog.open(config.state());
        try {
            // The lock is ours now, so a socket that is there belongs to a daemon that died.
            Files.deleteIfExists(socket);
            Backend backend = Backend.writing(config, catalog, clock);
            try {
                ruleLanguage.join();
                return new Daemon(config, catalog, backend, clock, host);
            } catch (IOException | RuntimeException e) {
                backend.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    /** Where the daemon of a state folder listens for the commands. */
    public static Path socket(Path stateDirectory) {
        return stateDirectory.resolve("daemon.sock");
    }

    /** The TCP port of the HTTP server; 0 where it is off. */
    public int port() {
        return http.port();
    }

    public CompletionStage<Status> status() {
        return board.status();
    }

    /** The status tells how it ended. */
    private void beginMaintenance(boolean evenMost) {
        maintain(evenMost)
                .whenComplete((done, failure) -> Optional.ofNullable(failure)
                        .ifPresent(cause -> LOG.warn("maintenance broke off: {}", cause.toString())));
    }

    /** Runs the maintenance now, or waits for the run that is under way. */
    CompletionStage<MaintenanceCompleted> maintain(boolean evenMost) {
        return maintenance.run(evenMost);
    }

    /** Takes no new work, then makes durable what is known to have changed, for at most this long; the rest waits on disk. */
    public void drain(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        BooleanSupplier inTime = () -> System.nanoTime() - deadline < 0;
        LOG.info("finishing what is under way, for at most {} s", atMost.toSeconds());
        while (inTime.getAsBoolean() && intake.isBusy() && pause()) {
            // Fresh changes become rows on their own; only the clock is watched here.
        }
        gate.hurry();
        wake(UploadVerticle.WAKE);
        while (inTime.getAsBoolean() && isBehind() && uploader.storeProblem().isEmpty() && pause()) {
            // The uploads go on by themselves too.
        }
    }

    private boolean isBehind() {
        Backlog backlog = catalog.reader().backlog();
        return backlog.pending() + backlog.uploading() > 0;
    }

    /** Ends at once. What is not durable stays pending in the catalog and is taken up at the next start. */
    @Override
    public void close() {
        roots.forEach(RootIntake::stop);
        probes.silence();
        rules.close();
        snapshots.close();
        vertx.close().await();
        face.close();
        probes.close();
        threads.forEach(ExecutorService::shutdown);
        threads.forEach(Daemon::awaitEnd);
        totals.save().join();
        backend.close();
        catalog.close();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("{} stays: {}", socket, e.toString());
        }
    }

    private RuleService rules(Config config, Bus bus, ExecutorService workers, Clock clock, Host host)
            throws IOException {
        WatchedRoots watched = StoreSettings.roots(config);
        ExecutorService restoring = pool("keepwatch-rule-restore", 1);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(named("keepwatch-rule-timer"));
        threads.add(restoring);
        threads.add(timer);
        Restorer restorer = new Restorer(
                HttpFace.versions(catalog.reader()),
                backend.layout(),
                HttpFace.restoreRoots(config, catalog.reader()),
                workers,
                RULE_RESTORE_FILES);
        Services services = new Services(
                new RuleBackups(watched, catalog.reader(), this::backUp, snapshots, timer, clock),
                new RuleRestores(restorer, restoring),
                new ProbeMeasurements(config.host(), host.probes(), workers, clock),
                RuleSnapshots.ofThisHost(restoring));
        RuleService.Helpers helpers = new RuleService.Helpers(
                services,
                new BackupDiff(watched, catalog.reader(), backend.layout(), workers),
                new DiskPaths(host.mounts(), watched.paths().values()));
        try {
            return new RuleService(config, vertx, bus, helpers, named("keepwatch-rules"), clock);
        } catch (IOException | RuntimeException e) {
            vertx.close().await();
            throw e;
        }
    }

    private HttpVerticle.Groups groups(WatchedRoots watched) {
        List<RouteGroup> guarded = new ArrayList<>(face.guarded());
        guarded.add(new BackupRoutes(path -> backup(watched, path)));
        return new HttpVerticle.Groups(
                face.signed(), face.open(), guarded, List.of(new MaintenanceRoutes(this::beginMaintenance)));
    }

    private CompletionStage<Long> backUp(WatchedRoots.Located place, boolean urgent) {
        uploader.askStoreNow();
        return intake.reconcile(place.root(), place.path(), urgent).thenApply(changes -> {
            gate.openOnce();
            wake(UploadVerticle.WAKE);
            return changes;
        });
    }

    private CompletionStage<BackupRoutes.Accepted> backup(WatchedRoots watched, Path path) {
        return watched.locate(path)
                .<CompletionStage<BackupRoutes.Accepted>>map(located ->
                        backUp(located, true).thenApply(changes -> new BackupRoutes.Accepted(located.root(), changes)))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        RefusedException.badRequest("\"" + path + "\" is beneath no root; the roots are "
                                + watched.paths().values())));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // save() logs a failure and keeps the counts
    private void saveRequests() {
        totals.save();
    }

    private void wake(String verticle) {
        vertx.eventBus().publish(verticle, "");
    }

    private void deploy(VerticleBase verticle) throws IOException {
        try {
            vertx.deployVerticle(verticle).await();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            vertx.close().await();
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void log(Event event) {
        EventLog.write(event);
    }

    private static Set<String> databaseRoots(Config config) {
        return config.roots().stream()
                .filter(root -> root.sqlite() == RootConfig.Sqlite.COPY)
                .map(RootConfig::name)
                .collect(Collectors.toSet());
    }

    private static RootOptions options(RootConfig root, Config config) {
        List<String> exclude = new ArrayList<>(root.exclude());
        // Where a restore into a root assembles its files, and where snapshots of it lie.
        exclude.addAll(List.of(".keepwatch-restore-*/", SnapshotKeeper.FOLDER + "/"));
        return new RootOptions(
                root.name(),
                root.path(),
                root.include(),
                exclude,
                root.excludeCaches(),
                root.maxSize(),
                root.oneFileSystem(),
                List.of(config.state()));
    }

    private static boolean pause() {
        try {
            Thread.sleep(20);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void awaitEnd(ExecutorService service) {
        try {
            if (!service.awaitTermination(10, TimeUnit.SECONDS)) {
                service.shutdownNow();
            }
        } catch (InterruptedException e) {
            service.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService pool(String name, int threads) {
        return Executors.newFixedThreadPool(threads, named(name));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
