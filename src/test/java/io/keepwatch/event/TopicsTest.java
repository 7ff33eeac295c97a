package io.keepwatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void every_kind_of_event_has_a_topic() {
        List<Class<?>> kinds = Arrays.asList(Event.class.getPermittedSubclasses());
        List<Class<?>> withTopic =
                Topics.all().stream().<Class<?>>map(Topic::type).toList();
        assertThat(withTopic).containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void names_are_unique() {
        assertThat(Topics.all().stream().map(Topic::name)).doesNotHaveDuplicates();
    }
}
