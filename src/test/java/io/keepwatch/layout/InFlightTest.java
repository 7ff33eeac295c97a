package io.keepwatch.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final List<CompletableFuture<Void>> started = new ArrayList<>();

    private CompletableFuture<Void> run(int items, int limit) {
        return InFlight.forEach(IntStream.range(0, items).iterator(), limit, item -> {
                    started.add(new CompletableFuture<>());
                    return started.get(item);
                })
                .toCompletableFuture();
    }

    @Test
    void no_more_than_the_limit_run_at_a_time() {
        CompletableFuture<Void> all = run(4, 2);
        assertThat(started).hasSize(2);
        started.get(1).complete(null);
        assertThat(started).hasSize(3);
        started.get(0).complete(null);
        started.get(2).complete(null);
        assertThat(all).isNotDone();
        started.get(3).complete(null);
        assertThat(all).isCompleted();
    }

    @Test
    void a_failure_ends_it_and_starts_nothing_more() {
        CompletableFuture<Void> all = run(4, 2);
        started.get(0).completeExceptionally(new IllegalStateException("stop"));
        assertThat(all).isCompletedExceptionally();
        assertThat(started).hasSize(2);
    }

    @Test
    void a_million_actions_that_end_at_once_do_not_deepen_the_stack() {
        CompletableFuture<Void> all = InFlight.forEach(
                        IntStream.range(0, 1_000_000).iterator(), 3, item -> CompletableFuture.completedFuture(null))
                .toCompletableFuture();
        assertThat(all).isCompleted();
    }

    @Test
    void an_action_that_throws_fails_the_whole() {
        CompletableFuture<Void> all = InFlight.forEach(IntStream.range(0, 3).iterator(), 1, item -> {
                    throw new IllegalStateException("broken");
                })
                .toCompletableFuture();
        assertThat(all).isCompletedExceptionally();
    }
}
