package io.keepwatch.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.load.RuleSchema;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleTest;
import io.keepwatch.workflow.trial.RuleTests;
import io.keepwatch.workflow.trial.RuleTests.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule file that the repository shows is good, fits its schema, and passes its own tests. */
class ShippedRulesTest {
    private static final Path SHIPPED = Path.of("workflows");
    private static final Path MANUAL = Path.of("src/test/resources/rules/every-feature.yml");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(RuleSchema.text());

    static Stream<Path> files() throws IOException {
        return Stream.concat(RuleLoader.files(SHIPPED).stream(), Stream.of(MANUAL));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_rule_file_fits_the_schema(Path file) throws IOException {
        List<Error> errors = schema.validate(Files.readString(file), InputFormat.YAML);
        assertThat(errors).isEmpty();
    }

    @Test
    void the_schema_finds_an_unknown_key() {
        assertThat(schema.validate("version: 1\nrulez: {}\n", InputFormat.YAML)).isNotEmpty();
        assertThat(schema.validate(
                        "version: 1\nrules: {a: {on: {every: 5m}, steps: [{run: [a], wait: 1s}]}}\n", InputFormat.YAML))
                .isNotEmpty();
    }

    @Test
    void all_shipped_rules_load_together_and_each_has_a_test_that_passes() throws IOException {
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(RuleLoader.files(SHIPPED));
        assertThat(loaded.report()).isEmpty();
        List<Verdict> verdicts = new RuleTests(loaded.rules().orElseThrow()).all();
        assertThat(verdicts)
                .allSatisfy(verdict -> assertThat(verdict.problems()).isEmpty());
        assertThat(verdicts.stream().map(Verdict::test).map(RuleTest::rule))
                .containsAll(loaded.rules().orElseThrow().rules().stream()
                        .map(Rule::name)
                        .toList());
    }

    @Test
    void the_test_of_the_manual_passes() {
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(List.of(MANUAL));
        List<Verdict> verdicts = new RuleTests(loaded.rules().orElseThrow()).all();
        assertThat(verdicts)
                .hasSize(1)
                .allSatisfy(verdict -> assertThat(verdict.problems()).isEmpty());
    }
}
