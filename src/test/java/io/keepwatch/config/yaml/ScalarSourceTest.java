package io.keepwatch.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each text holds an X; its place in the value must be found where it stands in the file. */
class ScalarSourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: plain X here",
                "a: X",
                "a: 'single X'",
                "a: 'it''s ''X'''",
                "a: \"double X\"",
                "a: \"\\u00e4\\n\\t\\\"\\x41 X\"",
                "a: plain that\n   goes on\n   X here",
                "a: \"quoted that\n   goes\n\n   on X here\"",
                "a: \"quoted \\\n   joined X here\"",
                "a: |\n  first\n  second X\n",
                "a: |\n\n  first\n\n  second\n    X\n",
                "a: >-\n  first\n  second X\n  third\n",
                "a: \ud83d\ude00 X",
                "b: [1, {a: \"y ${X}\"}]",
                "a:\n  - b\n  - 'X'\n"
            })
    void a_place_within_a_text_is_found_in_the_file(String text) {
        Problems problems = new Problems(Path.of("f"));
        YamlDocument document = YamlDocument.parse(text, problems).orElseThrow();
        report(document.root());
        int[] points = text.codePoints().toArray();
        int index = text.codePointCount(0, text.indexOf('X'));
        assertThat(points[index]).isEqualTo('X');
        assertThat(problems.sorted())
                .extracting(ConfigProblem::position)
                .isEqualTo(List.of(Position.after(text, index)));
    }

    private static void report(YamlValue value) {
        value.items().orElse(List.of()).forEach(ScalarSourceTest::report);
        value.entries().orElse(List.of()).forEach(entry -> report(entry.value()));
        value.text()
                .filter(text -> text.contains("X"))
                .ifPresent(text -> value.error(text.codePointCount(0, text.indexOf('X')), "here", ""));
    }
}
