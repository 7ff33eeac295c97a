package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestEventsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LatestEvents latest = new LatestEvents(3);

    private void put(String type, String subject, int second) {
        latest.put(RuleEvent.of("e" + second, "/host/a", type, subject, NOW.plusSeconds(second), Map.of()));
    }

    private List<String> ids(String... types) {
        return latest.of(List.of(types)).stream().map(RuleEvent::id).toList();
    }

    @Test
    void each_subject_has_its_newest_event() {
        put("disk.usage", "/", 1);
        put("disk.usage", "/srv", 2);
        put("memory.usage", "a", 3);
        put("disk.usage", "/", 4);
        assertThat(ids("disk.usage")).containsExactly("e4", "e2");
        assertThat(ids("memory.usage", "disk.usage")).containsExactly("e4", "e3", "e2");
        assertThat(ids()).isEmpty();
    }

    @Test
    void what_was_not_renewed_for_longest_makes_room() {
        put("file.changed", "/a", 1);
        put("file.changed", "/b", 2);
        put("file.changed", "/c", 3);
        put("file.changed", "/a", 4);
        put("file.changed", "/d", 5);
        assertThat(ids("file.changed")).containsExactly("e5", "e4", "e3");
    }
}
