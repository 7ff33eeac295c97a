package io.keepwatch.daemon;

import io.keepwatch.backup.FlushGate;
import io.keepwatch.backup.FlushReport;
import io.keepwatch.backup.Lane;
import io.keepwatch.backup.Uploader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the uploader going: one flush of each lane at a time, another as long as there is progress, else on a timer; when the gate is open. */
final class UploadVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(UploadVerticle.class);
    static final String WAKE = "keepwatch.upload.wake";
    private static final long RETRY_MILLIS = 500;
    /** Where nothing waits it looks all the same, but seldom: a host at rest should not notice its daemon. */
    private static final int BEATS_AT_REST = 10;

    private final Uploader uploader;
    private final FlushGate gate;
    private final Executor workers;
    private final Set<Lane> busy = EnumSet.noneOf(Lane.class);
    private final Set<Lane> wanted = EnumSet.noneOf(Lane.class);
    private boolean stopping;
    private boolean atRest;
    private long wakes;
    private long beats;

    /** @param workers runs what the gate asks the catalog */
    UploadVerticle(Uploader uploader, FlushGate gate, Executor workers) {
        this.uploader = uploader;
        this.gate = gate;
        this.workers = workers;
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().localConsumer(WAKE, message -> {
            wakes++;
            atRest = false;
            wake();
        });
        vertx.setPeriodic(RETRY_MILLIS, timer -> beat());
        wake();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        return Future.succeededFuture();
    }

    private void beat() {
        beats++;
        if (!atRest || beats % BEATS_AT_REST == 0) {
            wake();
        }
    }

    private void wake() {
        for (Lane lane : Lane.values()) {
            if (busy.contains(lane)) {
                wanted.add(lane);
            } else if (!stopping) {
                flush(lane);
            }
        }
    }

    private void flush(Lane lane) {
        busy.add(lane);
        Future.fromCompletionStage(flushInTime(lane), context)
                .onFailure(cause -> LOG.error("a flush broke off; its changes stay pending and are tried again", cause))
                .otherwise(FlushReport.NOTHING)
                .onSuccess(report -> {
                    busy.remove(lane);
                    if (stopping) {
                        return;
                    }
                    if (wanted.remove(lane) || report.madeProgress()) {
                        flush(lane);
                    } else if (busy.isEmpty()) {
                        lookForRest();
                    }
                });
    }

    /** Whoever commits a row wakes this afterwards, so an answer from before a wake says nothing. */
    private void lookForRest() {
        long before = wakes;
        Future.fromCompletionStage(CompletableFuture.supplyAsync(gate::nothingWaits, workers), context)
                .onSuccess(nothing -> atRest = nothing && wakes == before);
    }

    private CompletionStage<FlushReport> flushInTime(Lane lane) {
        return CompletableFuture.supplyAsync(() -> gate.isOpen(lane), workers)
                .thenCompose(
                        open -> open ? uploader.flush(lane) : CompletableFuture.completedFuture(FlushReport.NOTHING))
                .thenApplyAsync(
                        report -> {
                            gate.flushed(lane, report);
                            return report;
                        },
                        workers);
    }
}
