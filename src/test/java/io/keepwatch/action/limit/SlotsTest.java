package io.keepwatch.action.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = new Slots(2);
    private final List<CompletionStage<Integer>> results = new ArrayList<>();
    private final List<Integer> begun = new ArrayList<>();

    private final Map<Integer, CompletableFuture<Integer>> ends = new HashMap<>();

    private void begin(int number) {
        CompletableFuture<Integer> end = ends.computeIfAbsent(number, any -> new CompletableFuture<>());
        CompletionStage<Integer> result = slots.run(() -> {
            begun.add(number);
            return end;
        });
        results.add(result);
    }

    private CompletableFuture<Integer> end(int number) {
        return Objects.requireNonNull(ends.get(number));
    }

    @Test
    void no_more_begin_than_there_are_slots_and_the_others_follow_in_order() {
        begin(1);
        begin(2);
        begin(3);
        begin(4);
        assertThat(begun).containsExactly(1, 2);
        assertThat(slots.waiting()).isEqualTo(2);
        end(1).complete(1);
        assertThat(begun).containsExactly(1, 2, 3);
    }

    @Test
    void work_that_fails_frees_its_slot_and_tells_why() {
        begin(1);
        begin(2);
        end(2).completeExceptionally(new IllegalStateException("no"));
        begin(3);
        assertThat(begun).containsExactly(1, 2, 3);
        CompletionStage<Integer> thrown = new Slots(1).run(() -> {
            throw new IllegalStateException("at once");
        });
        assertThatThrownBy(() -> thrown.toCompletableFuture().get()).hasMessageContaining("at once");
    }
}
