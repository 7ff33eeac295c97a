package io.keepwatch.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DisplayTextTest {
    @Test
    void ordinary_text_stays_as_it_is() {
        assertThat(DisplayText.of("Grüße 文件 - a.txt")).isEqualTo("Grüße 文件 - a.txt");
    }

    @Test
    void a_name_cannot_break_a_line_or_move_the_cursor() {
        assertThat(DisplayText.of("a\nb\u001b[2Jc\u202Ed\\")).isEqualTo("a\\x0ab\\x1b[2Jc\\xe2\\x80\\xaed\\\\");
    }

    @Test
    void bytes_that_are_no_utf_8_are_shown_one_by_one() {
        byte[] bytes = "x?y".getBytes(StandardCharsets.ISO_8859_1);
        bytes[1] = (byte) 0xFC;
        assertThat(DisplayText.of(bytes)).isEqualTo("x\\xfcy");
    }

    @Test
    void what_is_shown_can_be_read_back() {
        byte[] nasty = "a\n\u001b\\x41 \u00fc \u202e\\\\".getBytes(StandardCharsets.UTF_8);
        nasty[0] = (byte) 0xFF;
        assertThat(DisplayText.bytes(DisplayText.of(nasty))).isEqualTo(nasty);
    }

    @Test
    void a_backslash_that_begins_no_escape_stands_for_itself() {
        assertThat(DisplayText.bytes("back\\slash\\")).isEqualTo("back\\slash\\".getBytes(StandardCharsets.UTF_8));
    }
}
