package io.keepwatch.layout;

import static io.keepwatch.layout.TestCatalog.get;
import static io.keepwatch.layout.TestCatalog.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.layout.mirror.RecordingStore;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final String KEY = "h/lease.json";
    private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private final SetClock clock = new SetClock();
    private final RecordingStore store = new RecordingStore(new MemoryObjectStore(new RequestLedger(), clock));
    private final Lease ours = lease("ours", "e1");
    private final Lease theirs = lease("theirs", "e2");

    private Lease lease(String host, String epoch) {
        return new Lease(store, KEY, new LeaseTerms(host, epoch, LENGTH, Duration.ZERO));
    }

    @Test
    void the_first_one_gets_it_and_the_second_one_learns_who_has_it() throws Exception {
        assertThat(get(ours.acquire())).isEmpty();
        assertThat(store.requests()).containsExactly("GET " + KEY, "PUT " + KEY, "GET " + KEY);
        assertThat(ours.isHeld()).isTrue();
        assertThat(get(theirs.acquire())).contains(new LeaseHolder("ours", "e1", START.plus(LENGTH)));
        assertThat(theirs.isHeld()).isFalse();
        assertThat(ours.isHeld()).isTrue();
    }

    @Test
    void it_ends_by_the_servers_clock_unless_it_is_renewed() throws Exception {
        get(ours.acquire());
        clock.now = START.plus(LENGTH).minusSeconds(1);
        assertThat(ours.isHeld()).isTrue();
        assertThat(get(ours.renew())).isTrue();
        clock.now = START.plus(LENGTH).plusSeconds(60);
        assertThat(ours.isHeld()).isTrue();
        assertThat(get(theirs.acquire())).isPresent();
        clock.now = clock.now.plus(LENGTH);
        assertThat(ours.isHeld()).isFalse();
        assertThat(get(theirs.acquire())).isEmpty();
    }

    @Test
    void one_that_was_taken_over_is_lost_and_the_new_holder_keeps_it() throws Exception {
        get(ours.acquire());
        clock.now = START.plus(LENGTH);
        get(theirs.acquire());
        assertThat(get(ours.renew())).isFalse();
        assertThat(ours.isHeld()).isFalse();
        get(ours.release());
        assertThat(get(theirs.renew())).isTrue();
        assertThat(theirs.isHeld()).isTrue();
    }

    @Test
    void one_that_writes_over_another_that_had_it_already_is_noticed_at_the_renewal() throws Exception {
        AtomicBoolean raced = new AtomicBoolean();
        store.before(request -> {
            if (request.startsWith("PUT") && raced.compareAndSet(false, true)) {
                assertThat(theirs.acquire().toCompletableFuture().join()).isEmpty();
            }
        });
        assertThat(get(ours.acquire())).isEmpty();
        assertThat(get(theirs.renew())).isFalse();
        assertThat(theirs.isHeld()).isFalse();
    }

    @Test
    void of_two_that_write_at_once_the_last_one_gets_it() throws Exception {
        AtomicInteger gets = new AtomicInteger();
        store.before(request -> {
            if (request.startsWith("GET") && gets.incrementAndGet() == 2) {
                write("theirs", START.plus(LENGTH).toString());
            }
        });
        assertThat(get(ours.acquire())).map(LeaseHolder::host).contains("theirs");
        assertThat(ours.isHeld()).isFalse();
    }

    @Test
    void the_same_catalog_takes_its_own_lease_over_at_once_and_a_copy_of_it_is_found_out() throws Exception {
        get(ours.acquire());
        assertThat(get(lease("ours", "e1").acquire())).isEmpty();
        assertThat(get(ours.renew())).isFalse();
    }

    @Test
    void a_rebuilt_catalog_waits_for_the_old_one_to_end() throws Exception {
        get(ours.acquire());
        assertThat(get(lease("ours", "e9").acquire())).isPresent();
    }

    @Test
    void one_that_is_released_is_free_at_once() throws Exception {
        get(ours.acquire());
        get(ours.release());
        assertThat(ours.isHeld()).isFalse();
        assertThat(get(theirs.acquire())).isEmpty();
    }

    @Test
    void one_that_was_removed_is_lost() throws Exception {
        get(ours.acquire());
        get(store.delete(List.of(KEY)));
        assertThat(get(ours.renew())).isFalse();
        assertThat(ours.isHeld()).isFalse();
    }

    @Test
    void the_last_moments_are_left_unused_because_a_write_takes_time() throws Exception {
        Lease careful = new Lease(store, KEY, new LeaseTerms("ours", "e1", LENGTH, Duration.ofMillis(50)));
        assertThat(get(careful.acquire())).isEmpty();
        clock.now = START.plus(LENGTH).minusMillis(51);
        assertThat(careful.isHeld()).isTrue();
        clock.now = START.plus(LENGTH).minusMillis(50);
        assertThat(careful.isHeld()).isFalse();
    }

    @Test
    void what_is_no_lease_is_left_alone() {
        write("ours", "soon");
        store.requests();
        assertThatThrownBy(() -> get(ours.acquire()))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining(KEY);
        assertThat(store.requests()).containsExactly("GET " + KEY);
    }

    @Test
    void an_outage_takes_nothing() {
        store.refuse(request -> Optional.of(new StoreException.Transient("503", null)));
        assertThatThrownBy(() -> get(ours.acquire())).isInstanceOf(StoreException.Transient.class);
        assertThat(ours.isHeld()).isFalse();
    }

    @Test
    void terms_under_which_it_would_always_be_about_to_end_are_refused() {
        assertThatThrownBy(() -> new LeaseTerms("ours", "e1", Duration.ofSeconds(5), Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void write(String host, String expires) {
        String text = "{\"host\":\"" + host + "\",\"epoch\":\"e\",\"expires\":\"" + expires + "\",\"token\":\"t\"}";
        store.put(new PutObject(KEY, Map.of(), false), new MemoryContent(utf8(text)))
                .toCompletableFuture()
                .join();
    }

    /** The server's clock, which stands still until it is set. */
    private static final class SetClock extends Clock {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
