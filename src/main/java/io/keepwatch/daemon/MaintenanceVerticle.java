package io.keepwatch.daemon;

import io.keepwatch.event.MaintenanceCompleted;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the maintenance some minutes after the start and once a day from then on, and looks every hour whether a drill is
 * due. Never twice at once: whoever asks while it runs gets the run that is under way.
 */
final class MaintenanceVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceVerticle.class);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Maintenance maintenance;
    private final RandomGenerator random;
    private CompletableFuture<MaintenanceCompleted> running =
            CompletableFuture.failedFuture(new IllegalStateException("no maintenance was run yet"));

    MaintenanceVerticle(Maintenance maintenance, RandomGenerator random) {
        this.maintenance = maintenance;
        this.random = random;
    }

    @Override
    public Future<?> start() {
        // A rack of machines that starts together must not ask the store together.
        vertx.setTimer(FIRST.toMillis() + random.nextLong(FIRST.toMillis()), timer -> daily());
        vertx.setPeriodic(HOUR.toMillis() + random.nextLong(FIRST.toMillis()), timer -> drill());
        return Future.succeededFuture();
    }

    private void daily() {
        observe(run(false), "maintenance");
        vertx.setTimer(DAY.toMillis() + random.nextLong(HOUR.toMillis()), timer -> daily());
    }

    private void drill() {
        if (!isRunning()) {
            observe(maintenance.drillWhereDue(), "the restore drill");
        }
    }

    private static void observe(CompletionStage<?> stage, String what) {
        stage.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("{} broke off, it is tried again: {}", what, failure.toString());
            }
        });
    }

    /** Any thread. */
    synchronized CompletionStage<MaintenanceCompleted> run(boolean evenMost) {
        if (running.isDone()) {
            running = maintenance.run(evenMost).toCompletableFuture();
        }
        return running;
    }

    synchronized boolean isRunning() {
        return !running.isDone();
    }

    private synchronized CompletableFuture<Boolean> end() {
        return running.handle((done, failure) -> true);
    }

    /** What is under way may end; after ten seconds it is broken off, which does no harm. */
    @Override
    public Future<?> stop() {
        maintenance.stop();
        return Future.fromCompletionStage(
                end().completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS), context);
    }
}
