package io.keepwatch.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.trial.RuleTests;
import io.keepwatch.workflow.trial.RuleTests.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What triggers and steps mean, written as rules with their own tests in {@code src/test/resources/rules/semantics}. */
class SemanticsTest {
    @TestFactory
    Stream<DynamicTest> semantics() throws IOException {
        List<Path> files = RuleLoader.files(Path.of("src/test/resources/rules/semantics"));
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(files);
        assertThat(loaded.report()).isEmpty();
        List<Verdict> verdicts = new RuleTests(loaded.rules().orElseThrow()).all();
        assertThat(verdicts).hasSizeGreaterThan(35);
        return verdicts.stream()
                .map(verdict -> DynamicTest.dynamicTest(
                        verdict.test().rule() + ": " + verdict.test().name(),
                        () -> assertThat(verdict.problems())
                                .as("%s", verdict.happened())
                                .isEmpty()));
    }
}
