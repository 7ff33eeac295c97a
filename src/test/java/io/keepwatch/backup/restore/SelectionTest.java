package io.keepwatch.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.RawPath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    private static final List<RestoreRoot> ROOTS =
            List.of(new RestoreRoot("etc", Path.of("/etc")), new RestoreRoot("docs", Path.of("/home/al/docs")));

    @ParameterizedTest
    @CsvSource({
        "/etc, hosts, true",
        "/etc/, a/b/c, true",
        "etc, a/b, true",
        "/, a/b, true",
        "/etc/ho*, hosts, true",
        "/etc/ho*, hosts/below, true",
        "/etc/*.conf, a/x.conf, false",
        "/etc/**/*.conf, a/x.conf, true",
        "/etc/**/*.conf, x.conf, true",
        "/etc/**, a/b/c, true",
        "/etc/h?sts, hosts, true",
        "/etc/h?sts, h/sts, false",
        "/etc/h?sts, hüsts, true",
        "/etc/[a-h]osts, hosts, true",
        "/etc/[!a-h]osts, hosts, false",
        "/etc/h[]x]sts, h]sts, true",
        "/etc/hosts, hosts2, false",
        "/etc/host, hosts, false",
        "/etc/a+b(c)|{}$^, a+b(c)|{}$^, true",
        "/etc/\\*, *, true",
        "/etc/\\*, x, false",
        "/e*/hosts, hosts, true",
    })
    void a_pattern_selects_what_it_says(String pattern, String path, boolean selected) throws RestoreException {
        List<Selection> selections = Selection.of(List.of(pattern), ROOTS);
        Selection etc = selections.stream()
                .filter(selection -> selection.root().name().equals("etc"))
                .findAny()
                .orElseThrow();
        assertThat(etc.selects(RawPath.of(path))).isEqualTo(selected);
        assertThat(!selected || RawPath.of(path).isWithin(etc.prefix())).isTrue();
    }

    @Test
    void a_path_can_be_given_as_it_was_shown() throws RestoreException {
        RawPath path = RawPath.of(new byte[] {'a', '\n', (byte) 0xFF, '\\', 'b'});
        Selection selection = Selection.of(List.of("/etc/" + path), ROOTS).get(0);
        assertThat(selection.selects(path)).isTrue();
        assertThat(selection.prefix()).isEqualTo(path);
    }

    @Test
    void a_directory_above_several_roots_selects_them_all() throws RestoreException {
        assertThat(Selection.of(List.of("/"), ROOTS)).hasSize(2);
        assertThat(Selection.of(List.of("/home"), ROOTS)).singleElement().satisfies(selection -> {
            assertThat(selection.root().name()).isEqualTo("docs");
            assertThat(selection.selects(RawPath.of("x"))).isTrue();
        });
    }

    @Test
    void several_patterns_of_a_root_share_a_prefix() throws RestoreException {
        Selection selection =
                Selection.of(List.of("/etc/a/b", "/etc/a/c/*.x"), ROOTS).get(0);
        assertThat(selection.prefix()).isEqualTo(RawPath.of("a"));
        assertThat(selection.selects(RawPath.of("a/d"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/log", "hosts", "/etc/[ab", "/etc/a\\"})
    void a_pattern_that_concerns_no_root_is_answered_with_the_roots(String pattern) {
        assertThatThrownBy(() -> Selection.of(List.of(pattern), ROOTS))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("etc (/etc), docs (/home/al/docs)");
    }
}
