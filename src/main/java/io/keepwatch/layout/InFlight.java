package io.keepwatch.layout;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Runs an asynchronous action for each item, a bounded number at a time, on the threads that end the actions. The first
 * action that fails, fails the whole; no more are started then. However many actions end at once, the stack stays flat.
 */
public final class InFlight<T> {
    private final Iterator<T> items;
    private final int limit;
    private final Function<T, CompletionStage<?>> action;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger signals = new AtomicInteger();

    private InFlight(Iterator<T> items, int limit, Function<T, CompletionStage<?>> action) {
        this.items = items;
        this.limit = limit;
        this.action = action;
    }

    /** {@code items} is asked by one thread at a time, and with a limit of 1 only after the action before has ended. */
    public static <T> CompletionStage<Void> forEach(
            Iterator<T> items, int limit, Function<T, CompletionStage<?>> action) {
        InFlight<T> all = new InFlight<>(items, limit, action);
        all.pump();
        return all.done;
    }

    /** One thread starts actions; a signal of another one, or of itself further up the stack, makes it look again. */
    private void pump() {
        if (signals.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                startMore();
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
            seen = signals.addAndGet(-seen);
        } while (seen > 0);
    }

    private void startMore() {
        while (!done.isDone() && running.get() < limit && items.hasNext()) {
            T item = items.next();
            running.incrementAndGet();
            action.apply(item).whenComplete((result, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                }
                running.decrementAndGet();
                pump();
            });
        }
        if (running.get() == 0 && !done.isDone() && !items.hasNext()) {
            done.complete(null);
        }
    }
}
