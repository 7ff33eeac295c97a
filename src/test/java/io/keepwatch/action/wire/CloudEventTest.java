package io.keepwatch.action.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudEventTest {
    private static RuleEvent event(String type) {
        return RuleEvent.of("1", "/host/web-1/probe", type, "/srv", Instant.EPOCH, Map.of());
    }

    @Test
    void an_event_of_the_program_names_the_schema_of_its_data() {
        assertThat(CloudEvent.of(event("disk.usage")))
                .containsEntry("dataschema", "tag:keepwatch.io,2026:disk.usage.v1");
    }

    @Test
    void an_event_that_a_rule_made_up_has_no_schema() {
        assertThat(CloudEvent.of(event("cleanup.done"))).containsKey("id").doesNotContainKey("dataschema");
    }
}
