package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.RootTotals;
import io.keepwatch.catalog.Waiting;
import io.keepwatch.layout.FlushLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Says when a lane may flush. Under a budget each lane flushes once and then all pause, so that none of them uses it up for the
 * others. Any thread; blocks.
 */
public final class FlushGate {
    private final CatalogReader catalog;
    private final FlushLimit limit;
    private final Supplier<FlushPace.Comparing> comparing;
    private final FlushBudget budget;
    private final Clock clock;
    private final Set<Lane> flushed = EnumSet.allOf(Lane.class);
    private Instant began;
    private boolean hurried;

    /** The pause after the last flush goes on where a daemon ended meanwhile. */
    public FlushGate(
            CatalogReader catalog,
            FlushLimit limit,
            Supplier<FlushPace.Comparing> comparing,
            FlushBudget budget,
            Clock clock) {
        this.catalog = catalog;
        this.limit = limit;
        this.comparing = comparing;
        this.budget = budget;
        this.clock = clock;
        this.began = catalog.roots().stream()
                .map(catalog::totals)
                .map(RootTotals::lastDurable)
                .flatMap(java.util.Optional::stream)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** Where nothing waits it is open too: the uploader sees for itself. */
    public boolean isOpen(Lane lane) {
        FlushLimit atOnce = lane.limit(limit);
        // Asked before the catalog: what a comparison has found is there by the time it has ended.
        FlushPace.Comparing now = lane == Lane.SMALL ? comparing.get() : FlushPace.Comparing.NOTHING;
        Waiting waiting = catalog.waiting(atOnce.versions(), clock.instant(), lane.minBytes, lane.maxBytes);
        Duration pause = budget.pause();
        return waiting.rows() == 0 || isOpen(lane, waiting, atOnce, now, pause);
    }

    /** Whether no change waits, or is on its way. */
    public boolean nothingWaits() {
        return catalog.nothingWaits();
    }

    private synchronized boolean isOpen(
            Lane lane, Waiting waiting, FlushLimit atOnce, FlushPace.Comparing now, Duration pause) {
        boolean paused = flushed.contains(lane) && !isOver(pause);
        return hurried || FlushPace.isTime(waiting, atOnce, now, paused, clock.instant());
    }

    private boolean isOver(Duration pause) {
        Duration since = Duration.between(began, clock.instant());
        // A clock that was set back must not hold anything up.
        return since.isNegative() || since.compareTo(pause) >= 0;
    }

    /** A flush has ended. One that stored nothing begins no pause. */
    public void flushed(Lane lane, FlushReport report) {
        if (report.stored() == 0) {
            return;
        }
        Duration pause = budget.pause();
        synchronized (this) {
            if (isOver(pause)) {
                began = clock.instant();
                flushed.clear();
                budget.flushed();
            }
            flushed.add(lane);
        }
    }

    /** Somebody asks for a backup: each lane may flush once more before the pause goes on. */
    public synchronized void openOnce() {
        flushed.clear();
    }

    /** The daemon ends: what waits goes at once. */
    public synchronized void hurry() {
        hurried = true;
    }
}
