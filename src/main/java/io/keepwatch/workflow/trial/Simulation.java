package io.keepwatch.workflow.trial;

import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.StepState;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.StepPath;
import io.keepwatch.workflow.trial.Trial.Done;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What rules would have done in a time that is over. Nothing is done: every step counts as a success at once, nobody answers
 * questions, and at the beginning no rule remembers anything. For one thread.
 */
public final class Simulation {
    private final RuleSet rules;
    private final Instant start;
    private final Trial trial;

    public Simulation(RuleSet rules, Instant start) {
        this.rules = rules;
        this.start = start;
        this.trial = new Trial(rules, start, Map.of());
    }

    /** What a rule met on its way: its breaker tripped, or its condition could not be evaluated. */
    public record Trouble(Instant at, String rule, String problem) {}

    /** Lets time pass until then, and what is due on the way happen. Time never goes back. */
    public void until(Instant time) {
        if (time.isAfter(trial.now())) {
            trial.until(Duration.between(start, time));
        }
    }

    /** An event comes at its own time, or now where that is over. */
    public void event(RuleEvent event) {
        until(event.time());
        trial.event(event);
    }

    /** In the order in which they began. */
    public List<SimulatedRun> runs() {
        Map<String, Map<String, Done>> done = new HashMap<>();
        trial.done()
                .forEach(one ->
                        done.computeIfAbsent(one.run(), run -> new HashMap<>()).put(one.path(), one));
        return trial.runs().stream()
                .map(run -> simulated(run, done.getOrDefault(run.id(), Map.of())))
                .toList();
    }

    public List<Trouble> troubles() {
        return trial.told().stream()
                .filter(event ->
                        event.type().equals("rule.tripped") || event.type().equals("rule.failing"))
                .map(event -> new Trouble(event.time(), event.subject(), trouble(event)))
                .toList();
    }

    private static String trouble(RuleEvent event) {
        return event.type().equals("rule.tripped")
                ? "max_runs was reached for key \"" + event.data().get("key") + "\": it rests for an hour"
                : "it could not be judged ten times in a row: " + event.data().get("problem");
    }

    private SimulatedRun simulated(Run run, Map<String, Done> done) {
        return new SimulatedRun(
                run.created(),
                run.rule(),
                run.key(),
                run.event(),
                run.resolve(),
                run.status(),
                run.problem(),
                run.steps().entrySet().stream()
                        .map(step ->
                                step(run, step.getKey(), step.getValue(), Optional.ofNullable(done.get(step.getKey()))))
                        .toList());
    }

    private SimulatedRun.Step step(Run run, String path, StepState state, Optional<Done> done) {
        return new SimulatedRun.Step(
                path,
                done.map(Done::verb).orElseGet(() -> verb(run, path)),
                state.status().word(),
                done.map(one -> start.plus(one.at())),
                done.map(Done::action).orElse(""));
    }

    private String verb(Run run, String path) {
        return StepPath.find(rules, run.rule(), path)
                .map(step -> step.verb().word())
                .orElse("");
    }
}
