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
}
