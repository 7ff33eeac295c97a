package io.keepwatch.cli;

import io.keepwatch.cli.PastEvents.Told;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.trial.Comparison;
import io.keepwatch.workflow.trial.SimulatedRun;
import io.keepwatch.workflow.trial.Simulation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code rules simulate} found.
 *
 * @param difference by rule; empty without other rules to compare with
 * @param limits what could not be known, whatever the rules
 */
record SimulationResult(
        Instant from,
        Instant to,
        Told sources,
        List<OneRule> rules,
        Optional<List<Difference>> difference,
        List<String> limits) {
    SimulationResult {
        rules = List.copyOf(rules);
        limits = List.copyOf(limits);
    }

    /**
     * A rule and its runs.
     *
     * @param notes what could not be known of it, and what it met on its way
     */
    record OneRule(String rule, String mode, List<OneRun> runs, List<String> notes) {
        OneRule {
            runs = List.copyOf(runs);
            notes = List.copyOf(notes);
        }
    }

    /** A run, without the data of its event. */
    record OneRun(
            Instant at,
            String key,
            String eventType,
            String eventSubject,
            String eventId,
            boolean resolve,
            String status,
            String problem,
            List<SimulatedRun.Step> steps) {
        OneRun {
            steps = List.copyOf(steps);
        }

        static OneRun of(SimulatedRun run) {
            return new OneRun(
                    run.at(),
                    run.key(),
                    run.event().type(),
                    run.event().subject(),
                    run.event().id(),
                    run.resolve(),
                    word(run.status()),
                    run.problem(),
                    run.steps());
        }
    }

    /** How the runs of a rule differ from those with the rules of the configuration. */
    record Difference(String rule, int both, List<Fired> otherSteps, List<Fired> onlyNew, List<Fired> onlyOld) {
        Difference {
            otherSteps = List.copyOf(otherSteps);
            onlyNew = List.copyOf(onlyNew);
            onlyOld = List.copyOf(onlyOld);
        }

        static Difference of(Comparison comparison) {
            return new Difference(
                    comparison.rule(),
                    comparison.both(),
                    fired(comparison.otherSteps()),
                    fired(comparison.onlyNew()),
                    fired(comparison.onlyOld()));
        }

        boolean isNone() {
            return otherSteps.isEmpty() && onlyNew.isEmpty() && onlyOld.isEmpty();
        }

        private static List<Fired> fired(List<SimulatedRun> runs) {
            return runs.stream()
                    .map(run -> new Fired(run.at(), run.key(), run.resolve()))
                    .toList();
        }
    }

    /** When and for what a rule fired. */
    record Fired(Instant at, String key, boolean resolve) {}

    static List<OneRule> rules(RuleSet rules, Simulation simulation, Map<String, Integer> byType) {
        Map<String, List<SimulatedRun>> runs =
                simulation.runs().stream().collect(Collectors.groupingBy(SimulatedRun::rule));
        SimulationLimits limits = new SimulationLimits(byType);
        return rules.rules().stream()
                .sorted(Comparator.comparing(Rule::name))
                .map(rule -> new OneRule(
                        rule.name(),
                        word(rule.mode()),
                        runs.getOrDefault(rule.name(), List.of()).stream()
                                .map(OneRun::of)
                                .toList(),
                        Stream.concat(
                                        limits.of(rule).stream(),
                                        simulation.troubles().stream()
                                                .filter(trouble ->
                                                        trouble.rule().equals(rule.name()))
                                                .map(trouble -> FileText.time(trouble.at()) + ": " + trouble.problem()))
                                .toList()))
                .toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
