package io.keepwatch.layout.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObjectTableTest {
    private final ObjectTable table = new ObjectTable();

    @Test
    void what_was_put_is_found_after_the_table_has_grown() {
        for (int i = 0; i < 10_000; i++) {
            table.put("key " + i, i, "\"etag\"");
        }
        assertThat(table.size()).isEqualTo(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(table.contains("key " + i, i, "\"etag\"")).isTrue();
        }
    }

    @Test
    void another_size_or_etag_is_not_the_same_object() {
        table.put("key", 1, "\"a\"");
        assertThat(table.contains("key")).isTrue();
        assertThat(table.contains("key", 2, "\"a\"")).isFalse();
        assertThat(table.contains("key", 1, "\"b\"")).isFalse();
        assertThat(table.contains("other")).isFalse();
    }

    @Test
    void a_key_that_is_put_again_counts_once() {
        table.put("key", 1, "\"a\"");
        table.put("key", 2, "\"b\"");
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.contains("key", 2, "\"b\"")).isTrue();
    }
}
