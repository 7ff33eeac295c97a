package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long FIRST = NOW.toEpochMilli() * 1000;
    private static final TimeRange ALWAYS = new TimeRange(Optional.empty(), Optional.empty());

    private final EventRing ring = new EventRing(NOW, 4);

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            ring.add(told("backup.failed", i, Map.of("problem", "no answer", "versions", i)));
        }
    }

    private static CloudEvent told(String type, int seconds, Map<String, Object> data) {
        return CloudEvent.of("e" + seconds, "/host/web-1/backup", type, "backup", NOW.plusSeconds(seconds), data);
    }

    private static List<Long> ids(EventRing.Batch batch) {
        return batch.entries().stream().map(EventRing.Entry::id).toList();
    }

    @Test
    void a_stream_gets_exactly_what_came_behind_its_last_event() {
        add(3);
        assertThat(ids(ring.behind(FIRST, 9999))).containsExactly(FIRST + 1, FIRST + 2, FIRST + 3);
        assertThat(ids(ring.behind(FIRST + 1, 9999))).containsExactly(FIRST + 2, FIRST + 3);
        assertThat(ids(ring.behind(FIRST + 2, 9999))).containsExactly(FIRST + 3);
        assertThat(ids(ring.behind(FIRST + 3, 9999))).isEmpty();
        assertThat(ring.behind(FIRST + 3, 9999).complete()).isTrue();
        assertThat(ids(ring.behind(FIRST, 1))).containsExactly(FIRST + 1);
    }

    @Test
    void who_was_away_for_too_long_is_told_that_something_is_missing() {
        add(7);
        assertThat(ring.behind(FIRST + 3, 9999).complete()).isTrue();
        EventRing.Batch batch = ring.behind(FIRST + 2, 9999);
        assertThat(batch.complete()).isFalse();
        assertThat(ids(batch)).containsExactly(FIRST + 4, FIRST + 5, FIRST + 6, FIRST + 7);
    }

    @Test
    void numbers_of_an_earlier_or_later_start_are_not_taken_for_ours() {
        add(1);
        assertThat(ring.behind(FIRST - 1, 9999).complete()).isFalse();
        assertThat(ids(ring.behind(FIRST - 1, 9999))).containsExactly(FIRST + 1);
        assertThat(ring.behind(FIRST + 2, 9999).complete()).isFalse();
        assertThat(ids(ring.behind(FIRST + 2, 9999))).isEmpty();
    }

    @Test
    void a_page_is_chosen_by_type_and_time_and_goes_on_at_its_cursor() {
        add(2);
        ring.add(told("store.reachable", 9, Map.of("outage_seconds", 3.0)));
        assertThat(page("backup.*", ALWAYS, Optional.empty(), 9).items()).hasSize(2);
        assertThat(page("store.reachable,nothing", ALWAYS, Optional.empty(), 9).items())
                .extracting(CloudEvent::type)
                .containsExactly("store.reachable");
        TimeRange second = new TimeRange(Optional.of(NOW.plusSeconds(1)), Optional.of(NOW.plusSeconds(9)));
        assertThat(page("", second, Optional.empty(), 9).items())
                .extracting(CloudEvent::id)
                .containsExactly("e1");
        Page<CloudEvent> newest = page("", ALWAYS, Optional.empty(), 2);
        assertThat(newest.next()).hasValue(String.valueOf(FIRST + 2));
        Page<CloudEvent> rest = page("", ALWAYS, newest.next(), 2);
        assertThat(rest.items()).extracting(CloudEvent::id).containsExactly("e0");
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void it_tells_since_when_it_knows_all_events() {
        add(4);
        assertThat(ring.since()).isEqualTo(NOW);
        add(7);
        assertThat(ring.since()).isEqualTo(NOW.plusSeconds(2));
    }

    private Page<CloudEvent> page(String types, TimeRange range, Optional<String> cursor, int limit) {
        return ring.page(TypeFilter.of(Optional.of(types)), range, new PageRequest(limit, cursor));
    }

    @Test
    void an_event_is_a_cloud_event() throws Exception {
        add(1);
        String json = Json.write(EventRoutes.EventPage.of(page("", ALWAYS, Optional.empty(), 1), ring.since()));
        assertThat(new ApiDocument().problems("GET /events", 200, "application/json", json))
                .isEmpty();
        assertThat(json).contains("\"source\":\"/host/web-1/backup\"").contains("\"problem\":\"no answer\"");
    }
}
