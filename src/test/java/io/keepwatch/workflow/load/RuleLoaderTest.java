package io.keepwatch.workflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.rule.RuleSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleLoaderTest {
    private final RuleLoader loader = new RuleLoader(Known.NOTHING);

    @Test
    void the_file_of_the_manual_loads() {
        LoadedRules loaded = loader.load(List.of(Path.of("src/test/resources/rules/every-feature.yml")));
        assertThat(loaded.report()).isEmpty();
        RuleSet rules = loaded.rules().orElseThrow();
        assertThat(rules.rules()).extracting(rule -> rule.name()).contains("disk-full", "raid-and-smart");
        assertThat(rules.tests()).hasSize(1);
    }

    @Test
    void a_circle_by_way_of_a_called_rule_names_that_rule() {
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(Path.of("r.yml"), """
                version: 1
                rules:
                  a:
                    on: {event: x.y}
                    steps: [{call: between}]
                  between:
                    steps: [{call: b}]
                  b:
                    steps: [{emit: x.z}]
                  c:
                    on: {event: x.z}
                    steps: [{emit: x.y}]
                """);
        assertThat(loaded.errors())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.problem())
                                .isEqualTo(
                                        "these rules start each other without end:"
                                                + " \"a\" (r.yml:3) calls \"b\" (r.yml:8), which starts \"c\", \"c\" (r.yml:10) starts \"a\""));
    }
}
