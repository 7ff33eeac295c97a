package io.keepwatch.daemon;

import io.keepwatch.backup.Verifier;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogException;
import io.keepwatch.catalog.ExpiryCounts;
import io.keepwatch.catalog.ExpiryRequest;
import io.keepwatch.config.Config;
import io.keepwatch.config.StoreConfig;
import io.keepwatch.event.DrillCompleted;
import io.keepwatch.event.Event;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.layout.Failures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What is done to a backup now and then: versions that retention does not keep go, then the room they took; a copy of the
 * catalog is stored; a sample is read back. Each step makes requests only where there is something to do. One run at a
 * time; any thread.
 */
public final class Maintenance {
    private static final String LAST_DRILL = "drill.last";

    private final Config config;
    private final Catalog catalog;
    private final Backend backend;
    private final CatalogCopying copying;
    private final Executor worker;
    private final Clock clock;
    private final Consumer<Event> events;
    private volatile boolean stopping;

    /** @param worker runs what blocks */
    public Maintenance(
            Config config, Catalog catalog, Backend backend, Executor worker, Clock clock, Consumer<Event> events) {
        this.config = config;
        this.catalog = catalog;
        this.backend = backend;
        this.copying = new CatalogCopying(config, catalog, backend, clock);
        this.worker = worker;
        this.clock = clock;
        this.events = events;
    }

    /** Lets a run that is under way end soon; the next one goes on where it was. */
    public void stop() {
        stopping = true;
    }

    /**
     * Fails only where a part of this program does; what the store or the catalog refused is the result's problem.
     *
     * @param evenMost whether more than half of all files may lose the last content that is kept of them
     */
    public CompletionStage<MaintenanceCompleted> run(boolean evenMost) {
        Instant begun = clock.instant();
        List<String> problems = new ArrayList<>();
        return CompletableFuture.supplyAsync(() -> expire(evenMost, problems), worker)
                .thenCompose(expired -> orProblem(backend.layout().maintain(clock.instant()), 0L, problems)
                        .thenCompose(objects -> orProblem(copyWhereDue(), false, problems)
                                .thenApply(copied -> new MaintenanceCompleted(
                                        clock.instant(),
                                        expired.versions(),
                                        expired.bytes(),
                                        objects,
                                        problems.stream().reduce((a, b) -> a + "; " + b),
                                        Duration.between(begun, clock.instant())))))
                .thenApply(done -> {
                    events.accept(done);
                    return done;
                });
    }

    private ExpiryCounts expire(boolean evenMost, List<String> problems) {
        if (config.store().layout() != StoreConfig.Layout.PACK) {
            return new ExpiryCounts(0, 0, 0, 0);
        }
        try {
            return catalog.expire(expiry(config, clock.instant(), evenMost), removed -> checkRunning());
        } catch (CatalogException e) {
            problems.add(String.valueOf(e.getMessage()));
            return new ExpiryCounts(0, 0, 0, 0);
        }
    }

    private void checkRunning() {
        if (stopping) {
            throw new CancellationException("maintenance was stopped; it goes on after the next start");
        }
    }

    private CompletionStage<Boolean> copyWhereDue() {
        return stopping ? CompletableFuture.completedFuture(false) : copying.copyWhereDue();
    }

    private static <T> CompletionStage<T> orProblem(CompletionStage<T> step, T instead, List<String> problems) {
        return Failures.recover(step, failure -> {
            problems.add(String.valueOf(failure.getMessage()));
            return CompletableFuture.completedFuture(instead);
        });
    }

    /** Reads a sample back where its time has come; nothing where it is off. */
    public CompletionStage<Void> drillWhereDue() {
        return config.store()
                .drill()
                .filter(drill -> isPast(LAST_DRILL, drill.every()))
                .<CompletionStage<Void>>map(drill -> CompletableFuture.supplyAsync(() -> drill(drill.files()), worker)
                        .thenCompose(done ->
                                catalog.putSetting(LAST_DRILL, clock.instant().toString())))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private DrillCompleted drill(int files) {
        List<String> problems = new ArrayList<>();
        Verifier.ReadReport report = new Verifier(
                        catalog.reader(), backend.layout(), RandomGenerator.getDefault(), problems::add)
                .readSample(files);
        DrillCompleted done = new DrillCompleted(
                clock.instant(),
                report.files(),
                report.bytes(),
                report.wrong(),
                problems.stream().findFirst());
        events.accept(done);
        return done;
    }

    private boolean isPast(String setting, Duration every) {
        Optional<Instant> last = catalog.reader().setting(setting).map(Instant::parse);
        return last.isEmpty() || !clock.instant().isBefore(last.get().plus(every));
    }

    /** What retention would remove at that time, by the configuration. */
    public static ExpiryRequest expiry(Config config, Instant now, boolean evenMost) {
        return new ExpiryRequest(
                StoreSettings.retention(config), now, config.store().retention().timezone(), evenMost);
    }
}
