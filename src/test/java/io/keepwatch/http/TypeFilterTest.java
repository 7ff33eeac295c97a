package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeFilterTest {
    private static final TypeFilter WIDE = filter("store.*, backup.failed");

    private static TypeFilter filter(String text) {
        return TypeFilter.of(Optional.of(text));
    }

    @Test
    void a_pattern_is_a_name_or_its_beginning() {
        assertThat(WIDE.test("store.unreachable")).isTrue();
        assertThat(WIDE.test("backup.failed")).isTrue();
        assertThat(WIDE.test("backup.failed.twice")).isFalse();
        assertThat(WIDE.test("restore.done")).isFalse();
        assertThat(filter("").test("anything")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.*", "store.unreachable", "store.un*,backup.failed"})
    void what_lets_through_no_more_than_another_is_within_it(String narrow) {
        assertThat(filter(narrow).isWithin(WIDE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "store*", "backup.*", "store.*,file.changed", "backup.failed.twice"})
    void what_lets_through_something_else_is_not(String other) {
        assertThat(filter(other).isWithin(WIDE)).isFalse();
    }
}
