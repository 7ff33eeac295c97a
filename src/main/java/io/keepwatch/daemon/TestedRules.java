package io.keepwatch.daemon;

import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.ProblemReport;
import io.keepwatch.config.yaml.Severity;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.RuleText;
import io.keepwatch.workflow.trial.RuleTests;
import io.keepwatch.workflow.trial.RuleTests.Miss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules whose own tests do not pass are not taken: a test that fails is a mistake at its place. */
final class TestedRules {
    private TestedRules() {}

    static LoadedRules of(LoadedRules loaded) {
        List<ConfigProblem> failed = loaded.rules().map(TestedRules::failed).orElse(List.of());
        if (failed.isEmpty()) {
            return loaded;
        }
        List<ConfigProblem> problems = new ArrayList<>(loaded.problems());
        problems.addAll(failed);
        StringBuilder report = new StringBuilder(loaded.report());
        for (RuleText text : loaded.rules().orElseThrow().revision().texts()) {
            report.append(new ProblemReport(text.text())
                    .of(failed.stream()
                            .filter(problem -> problem.file().toString().equals(text.path()))
                            .toList()));
        }
        return new LoadedRules(Optional.empty(), problems, report.toString(), loaded.files());
    }

    private static List<ConfigProblem> failed(RuleSet rules) {
        return new RuleTests(rules)
                .all().stream()
                        .flatMap(verdict -> verdict.misses().stream()
                                .map(miss -> problem(verdict.test().name(), miss)))
                        .toList();
    }

    private static ConfigProblem problem(String test, Miss miss) {
        return new ConfigProblem(
                Severity.ERROR,
                miss.place().file(),
                miss.place().position(),
                "tests",
                "the test \"" + test + "\" does not pass: " + miss.problem(),
                "see keepwatch rules test --show");
    }
}
