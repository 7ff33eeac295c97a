package io.keepwatch.workflow.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keeper's one thread, its alarm clock, and a look at whether the clock on the wall was set. */
final class KeeperLoop {
    private static final Logger LOG = LoggerFactory.getLogger(KeeperLoop.class);
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Clock clock;
    private final Runnable tick;
    private final ClockWatch watch;
    private final ScheduledThreadPoolExecutor executor;
    private Optional<Instant> alarm = Optional.empty();
    private @Nullable ScheduledFuture<?> scheduled;

    /** @param tick is called when something is due */
    KeeperLoop(Clock clock, Runnable tick) {
        this.clock = clock;
        this.tick = tick;
        this.watch = new ClockWatch(clock, System::nanoTime);
        this.executor = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "rules"));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    ScheduledExecutorService executor() {
        return executor;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // run() logs what fails
    void begin() {
        run(new CompletableFuture<Void>(), tick);
        executor.scheduleWithFixedDelay(
                () -> run(new CompletableFuture<Void>(), this::look),
                LOOK.toMillis(),
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Does the work on the thread; a programming error in it is logged, and fails the promise. */
    void run(CompletableFuture<?> promise, Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.error("the rules could not go on with one event, result or time", e);
                    promise.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            promise.completeExceptionally(new EventRefusedException("the rules have been stopped"));
        }
    }

    /** Ticks at this time at the latest. For the thread itself. */
    void alarm(Optional<Instant> next) {
        if (next.equals(alarm)) {
            return;
        }
        alarm = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        // A later look finds what is due later, so a clock that was set delays nothing by more than that.
        scheduled = next.map(time -> Duration.between(clock.instant(), time))
                .filter(wait -> wait.compareTo(LOOK) < 0)
                .map(wait -> executor.schedule(
                        () -> run(new CompletableFuture<Void>(), this::ring),
                        Math.max(0, wait.toMillis()) + 1,
                        TimeUnit.MILLISECONDS))
                .orElse(null);
    }

    private void ring() {
        alarm = Optional.empty();
        tick.run();
    }

    private void look() {
        watch.jump()
                .ifPresent(jump -> LOG.warn(
                        "the clock was set by {} s, or the host slept: timers follow the new time", jump.toSeconds()));
        ring();
    }

    /** Ends the thread after what it has to do, or after this time. */
    void end(CompletableFuture<Void> last, Duration patience) {
        try {
            last.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the rules were stopped before all they decided was on the disk: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
    }
}
