package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static io.keepwatch.store.Stages.await;
import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.SATURDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.unit.ByteSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BandwidthTest {
    private static final ByteSize MIB = new ByteSize(1 << 20);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    private final FakePause pause = new FakePause();

    private Bandwidth limitedTo(ByteSize limit) {
        return new Bandwidth(new BandwidthTimetable(Optional.of(limit), List.of(), ZoneId.of("UTC")), CLOCK, pause);
    }

    @Test
    void a_content_takes_as_long_as_its_bytes_are_worth() throws Exception {
        ObjectStore store = new RateLimitedStore(
                new MemoryObjectStore(), limitedTo(MIB), new Bandwidth(BandwidthTimetable.UNLIMITED, CLOCK, pause));
        await(store.put(put("a"), new MemoryContent(new byte[3 << 20])));
        assertThat(pause.slept).isBetween(Duration.ofMillis(2_999), Duration.ofMillis(3_001));
        await(store.get(GetObject.whole("a"))).orElseThrow().body().readAllBytes();
        assertThat(pause.slept).isBetween(Duration.ofMillis(2_999), Duration.ofMillis(3_001));
    }

    @Test
    void a_composed_object_pays_for_what_is_sent_and_not_for_what_is_copied() throws Exception {
        ObjectStore store = new RateLimitedStore(
                new MemoryObjectStore(), limitedTo(MIB), new Bandwidth(BandwidthTimetable.UNLIMITED, CLOCK, pause));
        ObjectInfo source = await(store.put(put("a"), new MemoryContent(new byte[6 << 20])));
        pause.slept = Duration.ZERO;
        await(store.compose(new ComposeObject(
                put("b"),
                List.of(
                        new ComposeObject.Piece.Range("a", source.etag(), 0, 6 << 20),
                        ComposeContract.bytes(new byte[2 << 20])))));
        assertThat(pause.slept).isBetween(Duration.ofMillis(1_999), Duration.ofMillis(2_001));
    }

    @Test
    void readers_share_the_limit() throws Exception {
        Bandwidth shared = limitedTo(MIB);
        pause.stands = true;
        shared.pay(1 << 20);
        pause.slept = Duration.ZERO;
        shared.pay(1 << 20);
        assertThat(pause.slept).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_slow_limit_is_paid_in_small_shares() {
        assertThat(limitedTo(new ByteSize(10_240)).share()).isEqualTo(1_024);
    }

    @Test
    void the_first_entry_that_holds_wins_and_a_night_belongs_to_the_day_it_begins() {
        BandwidthTimetable table = new BandwidthTimetable(
                Optional.of(MIB),
                List.of(new BandwidthTimetable.Entry(
                        Set.of(FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), Optional.empty())),
                ZoneId.of("Europe/Berlin"));
        assertThat(table.limitAt(Instant.parse("2026-01-02T20:59:59Z"))).contains(MIB);
        assertThat(table.limitAt(Instant.parse("2026-01-02T21:00:00Z"))).isEmpty();
        assertThat(table.limitAt(Instant.parse("2026-01-03T04:59:59Z"))).isEmpty();
        assertThat(table.limitAt(Instant.parse("2026-01-03T05:00:00Z"))).contains(MIB);
        assertThat(table.limitAt(Instant.parse("2026-01-03T21:00:00Z"))).contains(MIB);
    }

    @Test
    void a_limit_that_would_stall_connections_is_refused() {
        assertThatThrownBy(() -> new BandwidthTimetable.Entry(
                        Set.of(SATURDAY), LocalTime.MIN, LocalTime.MAX, Optional.of(new ByteSize(0))))
                .hasMessageContaining("1KiB");
    }

    /** Time that passes only by waiting, or not at all. */
    private static final class FakePause implements Bandwidth.Pause {
        private Duration slept = Duration.ZERO;
        private long now;
        private boolean stands;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            slept = slept.plus(duration);
            if (!stands) {
                now += duration.toNanos();
            }
        }
    }
}
