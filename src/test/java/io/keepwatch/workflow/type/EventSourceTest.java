package io.keepwatch.workflow.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSourceTest {
    @ParameterizedTest
    @CsvSource({
        "/host/web-1/rules, rules",
        "/host/web-1/hooks/rules, hooks/rules",
        "/host/web-1, ''",
        "/rules, rules",
        "https://example.net/rules, https://example.net/rules"
    })
    void the_producer_is_what_stands_behind_the_host(String source, String producer) {
        assertThat(EventSource.producer(source)).isEqualTo(producer);
    }

    @Test
    void an_event_of_this_host_names_it_in_source_and_data() {
        RuleEvent event = RuleEvent.of("1", "/outbox", "t", "s", Instant.EPOCH, Map.of("attempts", 1L));
        assertThat(event.onHost("web-1").source()).isEqualTo("/host/web-1/outbox");
        assertThat(event.onHost("web-1").data()).containsEntry("host", "web-1").containsEntry("attempts", 1L);
        assertThat(event.onHost("web-1").onHost("web-2")).isEqualTo(event.onHost("web-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/host/web-1/schedule, true",
        "/host/web-1/absent, true",
        "/schedule, true",
        "/host/web-1/hooks/schedule, false",
        "/host/web-1/probe, false"
    })
    void events_of_time_are_known_with_and_without_a_host(String source, boolean ofTime) {
        RuleEvent event = RuleEvent.of("1", source, "t", "s", Instant.EPOCH, Map.of());
        assertThat(EventSource.isTime(event)).isEqualTo(ofTime);
    }
}
