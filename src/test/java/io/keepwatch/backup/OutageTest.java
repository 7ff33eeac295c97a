package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.store.StoreException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final StoreException noAnswer = new StoreException.Transient("no answer", null);
    private final StoreException forbidden = new StoreException.Permanent("403", null);

    /** Close to the largest number, because a monotonic clock may pass it. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private final Outage outage = new Outage(nanos::get, new Random(7));

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void nothing_waits_before_anything_was_refused() {
        assertThat(outage.mustWait()).isFalse();
        assertThat(outage.problem()).isEmpty();
        assertThat(outage.succeeded()).isEmpty();
    }

    @Test
    void an_outage_is_asked_again_within_15_seconds_however_long_it_lasts() {
        for (int i = 0; i < 1000; i++) {
            outage.failed(noAnswer);
            assertThat(outage.mustWait()).isTrue();
            pass(Duration.ofSeconds(15));
            assertThat(outage.mustWait()).isFalse();
        }
    }

    @Test
    void where_a_person_must_act_it_is_asked_once_a_minute() {
        outage.failed(forbidden);
        pass(Duration.ofSeconds(59));
        assertThat(outage.mustWait()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(outage.mustWait()).isFalse();
    }

    @Test
    void only_the_beginning_and_another_kind_are_news() {
        assertThat(outage.failed(noAnswer)).isTrue();
        assertThat(outage.failed(noAnswer)).isFalse();
        assertThat(outage.failed(forbidden)).isTrue();
        outage.succeeded();
        assertThat(outage.failed(forbidden)).isTrue();
    }

    @Test
    void the_end_tells_how_long_it_lasted_once() {
        outage.failed(noAnswer);
        pass(Duration.ofSeconds(90));
        outage.failed(forbidden);
        pass(Duration.ofSeconds(30));
        assertThat(outage.succeeded()).contains(Duration.ofMinutes(2));
        assertThat(outage.succeeded()).isEmpty();
    }

    @Test
    void somebody_may_ask_at_once() {
        outage.failed(forbidden);
        outage.askNow();
        assertThat(outage.mustWait()).isFalse();
        assertThat(outage.problem()).contains(forbidden);
    }
}
