package io.keepwatch.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatesTest {
    private long nanos = 5_000_000_000L;
    private final Rates rates = new Rates(() -> nanos);

    @Test
    void the_first_read_has_no_rate() {
        rates.begin();
        assertThat(rates.perSecond("a", 100)).isEmpty();
    }

    @Test
    void the_next_one_is_what_came_in_each_second() {
        rates.begin();
        rates.perSecond("a", 100);
        nanos += 2_000_000_000L;
        rates.begin();
        assertThat(rates.perSecond("a", 300)).hasValue(100);
    }

    @Test
    void a_counter_that_began_anew_has_no_rate_once() {
        rates.begin();
        rates.perSecond("a", 100);
        nanos += 1_000_000_000L;
        rates.begin();
        assertThat(rates.perSecond("a", 5)).isEmpty();
        nanos += 1_000_000_000L;
        rates.begin();
        assertThat(rates.perSecond("a", 15)).hasValue(10);
    }

    @Test
    void what_was_left_out_once_begins_anew() {
        rates.begin();
        rates.perSecond("a", 100);
        rates.begin();
        nanos += 1_000_000_000L;
        rates.begin();
        assertThat(rates.perSecond("a", 300)).isEmpty();
    }
}
