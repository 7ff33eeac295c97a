package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.Severity;
import io.keepwatch.workflow.rule.RuleSet;
import java.util.List;
import java.util.Optional;

/**
 * What became of reading rules.
 *
 * @param rules empty when there is any error
 * @param problems in the order of the files
 * @param report the problems for a person, with the lines around each; ends with a line break unless it is empty
 * @param files how many were read
 */
public record LoadedRules(Optional<RuleSet> rules, List<ConfigProblem> problems, String report, int files) {
    public LoadedRules {
        problems = List.copyOf(problems);
    }

    /** Without the notes. */
    public List<ConfigProblem> errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }
}
