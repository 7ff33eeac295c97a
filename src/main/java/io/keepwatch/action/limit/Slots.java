package io.keepwatch.action.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Lets so many pieces of work be under way at once; the others wait in the order they came. For any thread. */
public final class Slots {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    public Slots(int count) {
        this.free = count;
    }

    /** Begins the work now or later. It begins on the thread of the caller or on one that ended a piece of work before. */
    public <T> CompletionStage<T> run(Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable begin = () -> begin(work, result);
        synchronized (this) {
            if (free == 0) {
                waiting.add(begin);
                return result;
            }
            free--;
        }
        begin.run();
        return result;
    }

    /** How many pieces of work wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    private <T> void begin(Supplier<CompletionStage<T>> work, CompletableFuture<T> result) {
        CompletionStage<T> running;
        try {
            running = work.get();
        } catch (RuntimeException e) {
            running = CompletableFuture.failedFuture(e);
        }
        running.whenComplete((value, problem) -> {
            next();
            if (problem == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(problem);
            }
        });
    }

    private void next() {
        Runnable begin;
        synchronized (this) {
            begin = waiting.poll();
            if (begin == null) {
                free++;
                return;
            }
        }
        begin.run();
    }
}
