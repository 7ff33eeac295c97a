package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TestedRulesTest {
    private static final String RULES = """
            version: 1
            rules:
              tell: {on: {event: backup.failed}, steps: [{notify: ops, with: {text: full}}]}
            tests:
              - name: it tells
                rule: tell
                given: [{at: 0s, event: backup.failed}]
                expect:
                  - {step: notify}
                  - {step: notify, with: {text: empty}}
              - name: it is silent
                rule: tell
                given: [{at: 0s, event: backup.failed}]
                expect: []
            """;

    private static LoadedRules tested(String rules) {
        return TestedRules.of(new RuleLoader(Known.NOTHING).load(Path.of("with:colon.yml"), rules));
    }

    @Test
    void what_a_test_expects_in_vain_is_a_mistake_where_it_is_written() {
        LoadedRules loaded = tested(RULES);
        assertThat(loaded.rules()).isEmpty();
        assertThat(loaded.errors())
                .extracting(ConfigProblem::place)
                .containsExactly("with:colon.yml:10:9", "with:colon.yml:11:5");
        assertThat(loaded.errors().get(0).problem())
                .isEqualTo("the test \"it tells\" does not pass:"
                        + " expected notify {text=empty}, but it was at 0s notify {text=full}");
        assertThat(loaded.report()).contains("10 |       - {step: notify, with: {text: empty}}\n     |         ^");
    }

    @Test
    void rules_whose_tests_pass_are_taken() {
        assertThat(tested(RULES.substring(0, RULES.indexOf("      - {step: notify, with")))
                        .rules())
                .isPresent();
    }
}
