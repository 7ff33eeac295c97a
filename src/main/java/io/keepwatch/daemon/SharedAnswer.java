package io.keepwatch.daemon;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Answers a question that many ask at once, one answer at a time: who asks while one is being made shares the next with all
 * that ask meanwhile. So nobody is told what was before they asked, and answers keep one thread busy at most. Any thread.
 */
final class SharedAnswer<T> {
    private final Supplier<T> answer;
    private final Executor workers;
    private Optional<CompletableFuture<T>> waiting = Optional.empty();
    private CompletionStage<T> newest = CompletableFuture.completedStage(null);

    /** @param answer blocks; runs on the workers */
    SharedAnswer(Supplier<T> answer, Executor workers) {
        this.answer = answer;
        this.workers = workers;
    }

    synchronized CompletionStage<T> ask() {
        if (waiting.isPresent()) {
            return waiting.get();
        }
        CompletableFuture<T> asked = new CompletableFuture<>();
        waiting = Optional.of(asked);
        CompletionStage<T> before = newest;
        newest = asked;
        before.handleAsync((ended, failure) -> make(), workers).whenComplete((made, failure) -> {
            if (failure == null) {
                asked.complete(made);
            } else {
                asked.completeExceptionally(failure);
            }
        });
        return asked;
    }

    private T make() {
        synchronized (this) {
            waiting = Optional.empty();
        }
        return answer.get();
    }
}
