package io.keepwatch.daemon;

import io.keepwatch.backup.Uploader;
import io.keepwatch.catalog.Backlog;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.RootTotals;
import io.keepwatch.config.Config;
import io.keepwatch.config.RootConfig;
import io.keepwatch.http.Status;
import io.keepwatch.http.StatusView;
import io.keepwatch.store.Bill;
import io.keepwatch.store.RequestCounts;
import io.keepwatch.store.StoreException;
import io.keepwatch.unit.DurationText;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Puts the status together from the catalog and from what was last heard; the catalog is asked on a worker. */
final class StatusBoard implements StatusView {
    private final Config config;
    private final CatalogReader catalog;
    private final Backend backend;
    private final Uploader uploader;
    private final RootBoard roots;
    private final MaintenanceBoard maintenance;
    private final RequestTotals totals;
    private final Optional<BudgetMeter> budget;
    private final BooleanSupplier comparing;
    private final SharedAnswer<Status> shared;
    private final Clock clock;
    private final Instant started;

    /** @param comparing whether anything that was seen has yet to be compared with the catalog */
    StatusBoard(
            Config config,
            CatalogReader catalog,
            Backend backend,
            Uploader uploader,
            RootBoard roots,
            MaintenanceBoard maintenance,
            RequestTotals totals,
            Optional<BudgetMeter> budget,
            BooleanSupplier comparing,
            Executor workers,
            Clock clock) {
        this.config = config;
        this.catalog = catalog;
        this.backend = backend;
        this.uploader = uploader;
        this.roots = roots;
        this.maintenance = maintenance;
        this.totals = totals;
        this.budget = budget;
        this.comparing = comparing;
        this.shared = new SharedAnswer<>(this::now, workers);
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public CompletionStage<Status> status() {
        return shared.ask();
    }

    Status now() {
        // Asked before the catalog: what ends in between is a row by then.
        boolean unsettled = comparing.getAsBoolean() || uploader.isFlushing();
        Backlog backlog = catalog.backlog();
        Duration lag = backlog.oldest()
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
        Optional<StoreException> problem = uploader.storeProblem();
        List<Status.Root> rootLines = config.roots().stream().map(this::root).toList();
        String state = state(unsettled, backlog, problem, rootLines);
        return new Status(
                Version.TEXT,
                config.host(),
                ProcessHandle.current().pid(),
                started,
                state,
                summary(state, backlog, lag, problem, rootLines),
                rootLines,
                new Status.Backlog(backlog.pending(), backlog.uploading(), backlog.bytes(), lag.toMillis() / 1000.0),
                new Status.Store(
                        backend.layout().name(),
                        backend.location(),
                        problem.isEmpty(),
                        problem.map(cause -> String.valueOf(cause.getMessage()))),
                requests(),
                budget.map(BudgetMeter::status),
                maintenance.now());
    }

    private Status.Root root(RootConfig root) {
        RootBoard.Line line = roots.of(root.name());
        RootTotals totals = catalog.totals(root.name());
        return new Status.Root(
                root.name(),
                root.path().toString(),
                line.watch(),
                line.problem(),
                line.remedy(),
                totals.files(),
                totals.bytes(),
                totals.lastDurable(),
                line.lastReconcile(),
                line.reconcile());
    }

    private static String state(
            boolean unsettled, Backlog backlog, Optional<StoreException> problem, List<Status.Root> roots) {
        boolean person =
                problem.filter(StoreException.Permanent.class::isInstance).isPresent();
        if (person || roots.stream().anyMatch(root -> root.watch().equals("missing"))) {
            return "blocked";
        }
        boolean busy = unsettled
                || backlog.pending() + backlog.uploading() > 0
                || roots.stream()
                        .anyMatch(root -> root.watch().equals(RootBoard.STARTING)
                                || root.lastReconcile().isEmpty());
        return busy || problem.isPresent() ? "behind" : "current";
    }

    private static String summary(
            String state, Backlog backlog, Duration lag, Optional<StoreException> problem, List<Status.Root> roots) {
        long waiting = backlog.pending() + backlog.uploading();
        String changes = waiting + (waiting == 1 ? " change waits" : " changes wait");
        if (problem.isPresent()) {
            return "the store takes nothing, " + changes + ": " + problem.get().getMessage();
        }
        if (state.equals("blocked")) {
            return roots.stream()
                    .filter(root -> root.watch().equals("missing"))
                    .findFirst()
                    .flatMap(Status.Root::problem)
                    .orElse("a root is missing");
        }
        if (state.equals("current")) {
            return "everything seen is durable";
        }
        return waiting == 0
                ? "it is being compared what changed"
                : changes + " to be durable, the oldest for " + DurationText.of(lag);
    }

    private Status.Requests requests() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate first = today.withDayOfMonth(1);
        RequestCounts month = totals.between(first, today);
        Bill bill = backend.prices().bill(month, 0);
        return new Status.Requests(
                byName(totals.sinceStart()),
                byName(month),
                bill.transferred().setScale(4, RoundingMode.HALF_UP),
                bill.currency());
    }

    private static Map<String, Long> byName(RequestCounts counts) {
        Map<String, Long> byName = new TreeMap<>();
        counts.requests().forEach((type, count) -> byName.put(type.name(), count));
        return byName;
    }
}
