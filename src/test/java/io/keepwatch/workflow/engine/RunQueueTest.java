package io.keepwatch.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.rule.Concurrency;
import io.keepwatch.workflow.rule.Concurrency.Policy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunQueueTest {
    private final RunQueue queue = new RunQueue();

    private static Concurrency queue(int limit, int length) {
        return new Concurrency(Policy.QUEUE, limit, length, false);
    }

    @Test
    void runs_of_one_lane_begin_in_the_order_they_came() {
        assertThat(queue.offer("a", "x", queue(1, 9)).started()).hasValue("a");
        assertThat(queue.offer("b", "x", queue(1, 9)).started()).isEmpty();
        assertThat(queue.offer("c", "x", queue(1, 9)).started()).isEmpty();
        assertThat(queue.finish("a")).containsExactly("b");
        assertThat(queue.finish("b")).containsExactly("c");
    }

    @Test
    void lanes_do_not_wait_for_each_other() {
        queue.offer("a", "x", queue(1, 9));
        assertThat(queue.offer("b", "y", queue(1, 9)).started()).hasValue("b");
    }

    @Test
    void of_too_many_that_wait_the_oldest_is_dropped() {
        queue.offer("a", "x", queue(1, 2));
        queue.offer("b", "x", queue(1, 2));
        queue.offer("c", "x", queue(1, 2));
        assertThat(queue.offer("d", "x", queue(1, 2)).dropped()).containsExactly("b");
        assertThat(queue.finish("a")).containsExactly("c");
    }

    @Test
    void the_host_runs_no_more_than_its_limit_and_takes_up_the_next_when_one_ends() {
        List<String> started = new ArrayList<>();
        for (int i = 0; i < RunQueue.HOST_LIMIT + 2; i++) {
            queue.offer("r" + i, "lane" + i, queue(1, 9)).started().ifPresent(started::add);
        }
        assertThat(started).hasSize(RunQueue.HOST_LIMIT);
        assertThat(queue.finish("r3")).containsExactly("r" + RunQueue.HOST_LIMIT);
    }

    @Test
    void a_run_is_left_out_for_another_one_of_its_lane_and_waits_for_the_host() {
        for (int i = 0; i < RunQueue.HOST_LIMIT; i++) {
            queue.offer("r" + i, "lane" + i, queue(1, 9));
        }
        Concurrency skip = new Concurrency(Policy.SKIP, 1, 100, false);
        RunQueue.Decision decision = queue.offer("a", "x", skip);
        assertThat(decision.started()).isEmpty();
        assertThat(decision.refused()).isFalse();
        assertThat(queue.offer("b", "x", skip).refused()).isTrue();
        assertThat(queue.finish("r3")).containsExactly("a");
        assertThat(queue.offer("c", "x", skip).refused()).isTrue();
    }

    @Test
    void a_replacement_stops_what_runs_only_when_asked_to() {
        queue.offer("a", "x", new Concurrency(Policy.REPLACE, 1, 100, true));
        RunQueue.Decision decision = queue.offer("b", "x", new Concurrency(Policy.REPLACE, 1, 100, true));
        assertThat(decision.stopped()).containsExactly("a");
        assertThat(queue.finish("a")).containsExactly("b");
    }
}
