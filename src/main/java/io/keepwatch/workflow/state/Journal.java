package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Changes;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what the engine decided, one batch at a time: what comes while a commit runs is the next batch. A commit that does
 * not succeed is tried again until it does; nothing behind it is done before. For the keeper's thread.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long MAX_PAUSE_MILLIS = 30_000;

    private final StateDatabase state;
    private final ScheduledExecutorService loop;
    private final Consumer<Batch> done;
    private Batch gathering = new Batch();
    private Batch committing = new Batch();
    private boolean busy;
    private long pauseMillis = 500;

    /** @param done is given each batch after its commit */
    Journal(StateDatabase state, ScheduledExecutorService loop, Consumer<Batch> done) {
        this.state = state;
        this.loop = loop;
        this.done = done;
    }

    void add(Changes changes, Revision revision, Instant at) {
        gathering.add(changes, revision, at);
    }

    void task(Task task) {
        gathering.task(task);
    }

    void event(RuleEvent event) {
        gathering.event(event);
    }

    /** Completes the promise once all that was added is on the disk; at once when it is already. */
    void promise(CompletableFuture<Void> promise) {
        if (!gathering.isNothing()) {
            gathering.promise(promise);
        } else if (busy) {
            committing.promise(promise);
        } else {
            promise.complete(null);
        }
    }

    boolean isIdle() {
        return !busy && gathering.isNothing();
    }

    void flush() {
        if (!busy && !gathering.isNothing()) {
            committing = gathering;
            gathering = new Batch();
            busy = true;
            commit();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure is told and tried again
    private void commit() {
        state.commit(committing.decided())
                .whenComplete((committed, problem) -> loop.execute(() -> {
                    if (problem == null) {
                        Batch batch = committing;
                        committing = new Batch();
                        busy = false;
                        pauseMillis = 500;
                        done.accept(batch);
                        flush();
                    } else {
                        LOG.warn("what rules decided is not on the disk yet, tried again: {}", problem.toString());
                        loop.schedule(this::commit, pauseMillis, TimeUnit.MILLISECONDS);
                        pauseMillis = Math.min(MAX_PAUSE_MILLIS, 2 * pauseMillis);
                    }
                }));
    }
}
