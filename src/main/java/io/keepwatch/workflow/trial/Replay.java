package io.keepwatch.workflow.trial;

import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An event that is given to rules a second time. */
public record Replay(RuleSet rules, RuleEvent event) {
    /** What waits within a run, or for more events to come, has had its time by then. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    /**
     * What a rule would do.
     *
     * @param verdict why, in one sentence; what the rule remembers is not known here
     */
    public record Reaction(Rule rule, String verdict, List<SimulatedRun> runs) {
        public Reaction {
            runs = List.copyOf(runs);
        }
    }

    /** Why no rule can take the event; empty where one could. */
    public Optional<String> refusal() {
        if (rules.types().find(event.type()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("the event \"" + event.id() + "\" is a " + event.type() + ", which no rule can take: "
                + (EventSource.isTime(event)
                        ? "it came of time alone; use the event of another run"
                        : "the rule that emits it is not there any more"));
    }

    /** The same fact, with an id of its own and the old event as its cause; so rules run for it anew. */
    public RuleEvent again(String id) {
        return event.again(id);
    }

    /** What rules would do; first those that wait for such events, then those that the steps of others start. */
    public List<Reaction> reactions() {
        Simulation simulation = new Simulation(withoutClocks(), event.time());
        simulation.event(again("replay"));
        simulation.until(event.time().plus(PATIENCE));
        Map<String, List<SimulatedRun>> runs =
                simulation.runs().stream().collect(Collectors.groupingBy(SimulatedRun::rule));
        return rules.rules().stream()
                .filter(rule -> isConcerned(rule) || runs.containsKey(rule.name()))
                .sorted((one, other) -> Boolean.compare(isConcerned(other), isConcerned(one)))
                .map(rule -> new Reaction(
                        rule,
                        isConcerned(rule)
                                ? Explanation.of(rule, event, Optional.empty()).verdict()
                                : "it follows from a run of another rule",
                        runs.getOrDefault(rule.name(), List.of())))
                .toList();
    }

    private boolean isConcerned(Rule rule) {
        return rule.on().filter(on -> on.types().contains(event.type())).isPresent();
    }

    /** Rules that run because time goes by would run whether the event comes or not. */
    private RuleSet withoutClocks() {
        List<Rule> kept = rules.rules().stream()
                .map(rule -> rule.on().filter(Replay::isClock).isPresent() ? rule.in(Rule.Mode.OFF) : rule)
                .toList();
        return new RuleSet(kept, List.of(), rules.maintenance(), rules.types(), rules.revision());
    }

    private static boolean isClock(Trigger trigger) {
        return trigger.source() instanceof Trigger.OnCron
                || trigger.source() instanceof Trigger.OnEvery
                || trigger.source() instanceof Trigger.OnAbsent;
    }
}
