package io.keepwatch.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProblemReportTest {
    private static String report(String text, int line, int column) {
        return new ProblemReport(text)
                .of(new ConfigProblem(
                        Severity.ERROR, Path.of("f.yml"), new Position(line, column), "a.b", "it is wrong", "write 1"));
    }

    @Test
    void the_caret_stands_under_the_column() {
        assertThat(report("one: 1\ntwo:\n\tthree: 3\nfour: 4\n", 3, 2)).isEqualTo("""
                        f.yml:3:2 a.b: it is wrong
                          2 | two:
                          3 |  three: 3
                            |  ^
                          4 | four: 4
                          write 1
                        """);
    }

    @Test
    void the_first_and_the_last_line_have_one_neighbour() {
        assertThat(report("one: 1\ntwo: 2\n", 1, 1)).doesNotContain("0 |").contains("1 | one", "2 | two");
        assertThat(report("one: 1\ntwo: 2\n", 2, 1)).doesNotContain("3 |");
    }

    @Test
    void line_numbers_are_aligned() {
        assertThat(report("x\n".repeat(12), 9, 1)).contains("   8 | x\n   9 | x\n     | ^\n  10 | x\n");
    }

    @Test
    void a_long_line_is_cut_around_the_column() {
        String report = report("a".repeat(500) + "!" + "b".repeat(500), 1, 501);
        assertThat(report.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(140));
        assertThat(report.lines().toList().get(1).indexOf('!'))
                .isPositive()
                .isEqualTo(report.lines().toList().get(2).indexOf('^'));
    }

    @Test
    void control_characters_reach_no_terminal() {
        assertThat(report("a: \u001b[31m\u202e\n", 1, 1))
                .doesNotContain("\u001b", "\u202e")
                .contains("?[31m?");
    }

    @Test
    void secrets_are_not_shown() {
        assertThat(report("aws_secret_access_key: abc\n{access_key: AKIA, b: 2}\n\"token\": t0k\n", 2, 1))
                .doesNotContain("abc", "AKIA", "t0k")
                .contains("b: 2}");
    }
}
