package io.keepwatch.workflow.rule;

import io.keepwatch.workflow.type.EventTypes;
import java.util.List;
import java.util.Optional;

/** All rules of a folder, checked together. */
public record RuleSet(
        List<Rule> rules, List<RuleTest> tests, List<Maintenance> maintenance, EventTypes types, Revision revision) {
    public RuleSet {
        rules = List.copyOf(rules);
        tests = List.copyOf(tests);
        maintenance = List.copyOf(maintenance);
    }

    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
