package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedAnswerTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final AtomicInteger made = new AtomicInteger();
    private final SharedAnswer<Integer> answer = new SharedAnswer<>(made::incrementAndGet, tasks::add);

    @Test
    void all_that_ask_before_it_is_made_share_an_answer() {
        CompletionStage<Integer> first = answer.ask();
        CompletionStage<Integer> second = answer.ask();
        tasks.remove().run();
        assertThat(first.toCompletableFuture()).isCompletedWithValue(1);
        assertThat(second.toCompletableFuture()).isCompletedWithValue(1);
        assertThat(tasks).isEmpty();
    }

    @Test
    void who_asks_while_one_is_made_waits_for_the_next() {
        List<CompletionStage<Integer>> asked = new ArrayList<>();
        List<SharedAnswer<Integer>> itself = new ArrayList<>();
        itself.add(new SharedAnswer<>(
                () -> {
                    if (made.get() == 0) {
                        asked.add(itself.get(0).ask());
                        asked.add(itself.get(0).ask());
                    }
                    return made.incrementAndGet();
                },
                tasks::add));
        CompletionStage<Integer> first = itself.get(0).ask();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(first.toCompletableFuture()).isCompletedWithValue(1);
        assertThat(asked)
                .allSatisfy(next -> assertThat(next.toCompletableFuture()).isNotDone());
        tasks.remove().run();
        assertThat(asked)
                .allSatisfy(next -> assertThat(next.toCompletableFuture()).isCompletedWithValue(2));
        assertThat(tasks).isEmpty();
    }

    @Test
    void a_failure_is_told_to_those_who_asked_then_alone() {
        SharedAnswer<Integer> failing = new SharedAnswer<>(
                () -> {
                    if (made.incrementAndGet() == 1) {
                        throw new IllegalStateException("no");
                    }
                    return made.get();
                },
                Runnable::run);
        assertThatThrownBy(() -> failing.ask().toCompletableFuture().join()).hasRootCauseMessage("no");
        assertThat(failing.ask().toCompletableFuture()).isCompletedWithValue(2);
    }

    @Test
    void who_asks_workers_that_have_ended_is_told() {
        SharedAnswer<Integer> late = new SharedAnswer<>(made::incrementAndGet, task -> {
            throw new RejectedExecutionException("ended");
        });
        assertThatThrownBy(() -> late.ask().toCompletableFuture().join()).hasRootCauseMessage("ended");
    }
}
