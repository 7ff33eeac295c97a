package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.RequestCount;
import io.keepwatch.store.RequestCounts;
import io.keepwatch.store.RequestLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what the ledger counted, and what commands reported, into the catalog by day (UTC), so that the bill survives a
 * restart. Any thread.
 */
final class RequestTotals {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTotals.class);

    private final RequestLedger ledger;
    private final RequestReports reports;
    private final Catalog catalog;
    private final Clock clock;
    private final AtomicBoolean takingReports = new AtomicBoolean();
    private RequestCounts drained = RequestCounts.NONE;

    RequestTotals(RequestLedger ledger, RequestReports reports, Catalog catalog, Clock clock) {
        this.ledger = ledger;
        this.reports = reports;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What this daemon asked since its start. */
    synchronized RequestCounts sinceStart() {
        return drained.plus(ledger.snapshot());
    }

    /** All of these days until now, wherever it was counted. Blocks. */
    RequestCounts between(LocalDate first, LocalDate today) {
        return DailyRequests.sum(catalog.reader().requests(first, today))
                .plus(DailyRequests.sum(reports.waiting(first, today)))
                .plus(ledger.snapshot());
    }

    /** Moves what there is; writes nothing where nothing was counted. Reads a folder, so not for an event loop. */
    CompletableFuture<Void> save() {
        return CompletableFuture.allOf(saveLedger(), saveReports());
    }

    private CompletableFuture<Void> saveLedger() {
        RequestCounts counts = ledger.drain();
        List<RequestCount> rows = DailyRequests.rows(clock.instant(), counts);
        if (rows.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return catalog.addRequests(rows).thenRun(() -> count(counts)).exceptionally(failure -> {
            LOG.warn("request counts are kept in memory for now: {}", failure.toString());
            ledger.restore(counts);
            return null;
        });
    }

    /** Commits first and deletes then: a crash between them counts a report twice, but never loses one. */
    private CompletableFuture<Void> saveReports() {
        List<Path> files = reports.files();
        if (files.isEmpty() || !takingReports.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        List<RequestCount> rows =
                files.stream().flatMap(file -> reports.read(file).stream()).toList();
        return catalog.addRequests(rows)
                .thenRun(() -> reports.remove(files))
                .exceptionally(failure -> {
                    LOG.warn("the requests of commands stay reported for now: {}", failure.toString());
                    return null;
                })
                .whenComplete((done, failure) -> takingReports.set(false));
    }

    private synchronized void count(RequestCounts saved) {
        drained = drained.plus(saved);
    }
}
