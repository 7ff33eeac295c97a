package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.RequestCount;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import io.keepwatch.store.RequestLedger;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves what the ledger counted into the catalog, by day (UTC), so that the bill survives a restart. Any thread. */
public final class RequestTotals {
    private static final Logger LOG = LoggerFactory.getLogger(RequestTotals.class);

    private final RequestLedger ledger;
    private final Catalog catalog;
    private final Clock clock;
    private RequestCounts drained = RequestCounts.NONE;

    public RequestTotals(RequestLedger ledger, Catalog catalog, Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What was moved since the start. */
    synchronized RequestCounts drained() {
        return drained;
    }

    /** Moves what there is; writes nothing where nothing was counted. */
    public CompletableFuture<Void> save() {
        RequestCounts counts = ledger.drain();
        if (counts.total() == 0 && counts.bytesReceived() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return catalog.addRequests(rows(counts)).thenRun(() -> count(counts)).exceptionally(failure -> {
            LOG.warn("request counts are kept in memory for now: {}", failure.toString());
            ledger.restore(counts);
            return null;
        });
    }

    private synchronized void count(RequestCounts saved) {
        drained = drained.plus(saved);
    }

    private List<RequestCount> rows(RequestCounts counts) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<RequestCount> rows = new ArrayList<>();
        for (RequestClass type : RequestClass.values()) {
            // Bytes are counted for all classes together: sent ones belong to uploads, received ones to reads.
            long sent = type == RequestClass.PUT ? counts.bytesSent() : 0;
            long received = type == RequestClass.GET ? counts.bytesReceived() : 0;
            if (counts.of(type) + sent + received > 0) {
                rows.add(new RequestCount(day, type.name(), counts.of(type), sent, received));
            }
        }
        return rows;
    }
}
