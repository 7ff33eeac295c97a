package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.http.Json;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldEventsTest {
    private static String told(String type) {
        return Json.write(ToldEvents.brief(
                RuleEvent.of("1", "/host/web-1/probe", type, "/srv", Instant.EPOCH, Map.of("host", "web-1"))));
    }

    @Test
    void an_event_of_the_program_names_the_schema_of_its_data() {
        assertThat(told("disk.usage")).contains("\"dataschema\":\"tag:keepwatch.io,2026:disk.usage.v1\"");
    }

    @Test
    void an_event_that_a_rule_made_up_has_no_schema() {
        assertThat(told("cleanup.done")).contains("cleanup.done").doesNotContain("dataschema");
    }
}
