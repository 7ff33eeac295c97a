package io.keepwatch.workflow.trial;

import io.keepwatch.workflow.engine.Changes;
import io.keepwatch.workflow.engine.Engine;
import io.keepwatch.workflow.engine.Memory;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Ports;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets rules see events at given times and notes what they would do; steps answer what a test says. For one thread. */
public final class Trial {
    /** A rule set that never comes to rest is stopped after so many rounds. */
    private static final int MAX_ROUNDS = 100_000;

    private final Instant start;
    private final Engine engine;
    private final Map<String, Map<String, Object>> mocks;
    private final List<Done> done = new ArrayList<>();
    private final List<RuleEvent> told = new ArrayList<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private Instant now;

    /** @param mocks what steps answer, by their ids */
    public Trial(RuleSet rules, Instant start, Map<String, Map<String, Object>> mocks) {
        this.start = start;
        this.now = start;
        this.mocks = Map.copyOf(mocks);
        this.engine = new Engine(rules, Ports.dry(number -> "run-" + number), Memory.NOTHING, start);
    }

    /**
     * A step that was to be done.
     *
     * @param path of the step within its run
     * @param action what it would have done, such as a command; of a secret only its name
     */
    public record Done(
            Duration at,
            String run,
            String path,
            String rule,
            String step,
            String verb,
            Map<String, Object> with,
            String action) {}

    /** Lets time pass until then, and what is due on the way happen. */
    public void until(Duration time) {
        Instant end = start.plus(time);
        Optional<Instant> next = engine.next();
        for (int round = 0;
                round < MAX_ROUNDS && next.filter(due -> !due.isAfter(end)).isPresent();
                round++) {
            now = next.get().isAfter(now) ? next.get() : now;
            engine.tick(now);
            work();
            next = engine.next();
        }
        now = end;
    }

    public void event(RuleEvent event) {
        engine.accept(event, now);
        work();
    }

    /** Answers the question of a step, in whichever run it is asked. */
    public void answer(String step, boolean approved) {
        for (Run run : engine.open()) {
            if (engine.answer(run.id(), step, approved, "test", now)) {
                break;
            }
        }
        work();
    }

    public List<Done> done() {
        return List.copyOf(done);
    }

    /** Every run and what became of it. */
    public List<Run> runs() {
        return List.copyOf(runs.values());
    }

    /** What the engine itself had to tell of rules and runs. */
    List<RuleEvent> told() {
        return List.copyOf(told);
    }

    public Instant now() {
        return now;
    }

    private void work() {
        Changes changes = engine.take();
        for (int round = 0; round < MAX_ROUNDS && !isNothing(changes); round++) {
            changes.runs().forEach(run -> runs.put(run.id(), run));
            changes.tasks().forEach(this::perform);
            told.addAll(changes.events());
            changes.events().forEach(event -> engine.accept(event, now));
            changes = engine.take();
        }
    }

    private static boolean isNothing(Changes changes) {
        return changes.tasks().isEmpty()
                && changes.events().isEmpty()
                && changes.runs().isEmpty();
    }

    private void perform(Task task) {
        Verb verb = task.step().verb();
        done.add(new Done(
                Duration.between(start, now),
                task.run().id(),
                task.path(),
                task.run().rule(),
                task.step().id(),
                verb.word(),
                task.with(),
                ActionText.of(task)));
        Map<String, Object> mock = mocks.getOrDefault(task.step().id(), Map.of());
        Outcome outcome = MockAnswer.of(task, mock);
        engine.completed(task, outcome, now);
        if (verb instanceof Verb.Emit emit && outcome.ok()) {
            engine.accept(engine.emitted(task, emit, MockAnswer.data(task, emit), now), now);
        }
    }
}
