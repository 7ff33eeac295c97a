package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell_and_numbers_are_flush_right() {
        Table table = new Table("path", ">size", "stored")
                .row("/etc/hosts", "12 B", "yes")
                .row("/a", "1.5 GiB", "no");
        assertThat(table.toString().lines().map(String::stripTrailing))
                .containsExactly(
                        "path           size  stored", //
                        "/etc/hosts     12 B  yes",
                        "/a          1.5 GiB  no");
    }

    @Test
    void a_long_cell_is_never_cut() {
        assertThat(new Table("path").row("x".repeat(300)).toString()).contains("x".repeat(300));
    }

    @Test
    void a_row_has_a_cell_for_each_heading() {
        assertThatThrownBy(() -> new Table("a", "b").row("1")).hasMessage("1 cells for 2 columns");
    }
}
