package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.engine.Changes.StateKey;
import io.keepwatch.workflow.engine.StepState.Status;
import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.StepPath;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules at work: events, time, results and answers go in, {@link Changes} come out. It never does anything by itself and
 * never looks at a clock. For one thread.
 */
public final class Engine {
    private static final int MAX_HOPS = 8;

    private RuleSet rules;
    private final Ports ports;
    private RuleBook book;
    private final States states = new States();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, Held> held = new HashMap<>();
    private final Alarms<String> wakes = new Alarms<>();
    private final RunQueue queue = new RunQueue();
    private final LastTimes lastTimes;
    private final Breaker breaker;
    private final SelfChanges selfChanges = new SelfChanges();
    private final Quiet quiet;
    private final Lookup lookup;

    private final Map<StateKey, KeyState> changedStates = new LinkedHashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Map<String, Run> changedRuns = new LinkedHashMap<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private final List<RuleEvent> events = new ArrayList<>();

    public Engine(RuleSet rules, Ports ports, Memory memory, Instant now) {
        this.rules = rules;
        this.ports = ports;
        this.lookup = states.lookup(ports);
        this.book = new RuleBook(rules, ports.host(), lookup, memory.states(), now);
        this.lastTimes = new LastTimes(memory.lastTimes());
        this.breaker = new Breaker(memory.accepted(), lastTimes);
        this.quiet = new Quiet(rules, rule -> book.isFiring(rule), lastTimes, memory.silences());
        memory.open().forEach(run -> resume(run, memory.revisions().getOrDefault(run.revision(), rules), now));
    }

    /** The rule that a run follows to its end, and the rules it may call. */
    private record Held(Rule rule, RuleSet set, RunLookup lookup) {}

    private Held hold(String run, Rule rule, RuleSet set) {
        return new Held(rule, set, new RunLookup(lookup, paths -> ports.diff(run, paths)));
    }

    /**
     * Other rules from now on. Triggers that did not change keep what they remember; runs under way end by the rules they
     * began with.
     */
    public void replace(RuleSet next, Instant now) {
        changedStates.putAll(book.takeChanged());
        Map<String, Map<String, KeyState>> kept = book.statesFor(next);
        forgotten.addAll(book.names());
        forgotten.removeAll(kept.keySet());
        changedStates.keySet().removeIf(state -> forgotten.contains(state.rule()));
        rules = next;
        book = new RuleBook(next, ports.host(), lookup, kept, now);
        quiet.use(next);
    }

    /** An event came. It is judged by every rule that its type concerns. */
    public void accept(RuleEvent event, Instant now) {
        if (event.hops() > MAX_HOPS) {
            return;
        }
        states.put(event);
        for (RuleBook.Entry entry : book.concerned(event)) {
            selfChanges
                    .foreign(entry.rule().name(), event, now)
                    .ifPresent(foreign ->
                            book.take(entry, foreign, now).forEach(firing -> start(entry.rule(), firing, now)));
            book.judged(entry)
                    .ifPresent(
                            problem -> events.add(own("rule.failing", entry.rule(), now, Map.of("problem", problem))));
        }
    }

    /** Time went by. */
    public void tick(Instant now) {
        for (RuleBook.Entry entry : book.due(now)) {
            book.tick(entry, now).forEach(firing -> start(entry.rule(), firing, now));
        }
        wakes.due(now).forEach(run -> advance(run, now));
    }

    /** When {@link #tick} has something to do next. */
    public Optional<Instant> next() {
        Optional<Instant> wake = wakes.next();
        Optional<Instant> due = book.next();
        return wake.isPresent() && due.isPresent() && wake.get().isBefore(due.get()) ? wake : due.or(() -> wake);
    }

    /** A task ended. */
    public void completed(Task task, Outcome outcome, Instant now) {
        selfChanges.ended(task, now);
        Run run = runs.get(task.run().id());
        if (run == null
                || run.steps()
                        .getOrDefault(task.path(), StepState.running(1))
                        .status()
                        .isEnd()) {
            return;
        }
        boolean again = !outcome.ok()
                && !run.isReplaced()
                && task.attempt() < task.step().retry().attempts();
        StepState state = again
                ? new StepState(
                        Status.RETRYING,
                        task.attempt(),
                        Optional.of(now.plus(task.step().retry().delayAfter(task.attempt(), ports.chance()))),
                        outcome.fields())
                : StepState.ended(
                        outcome.ok() ? Status.SUCCEEDED : Status.FAILED,
                        task.attempt(),
                        outcome.error(),
                        outcome.fields());
        update(run.with(task.path(), state));
        advance(run.id(), now);
    }

    /** A difference that a run waits for was found out. */
    public void lookedUp(String run, List<String> paths, String difference, Instant now) {
        Optional.ofNullable(held.get(run)).ifPresent(by -> {
            by.lookup().learn(paths, difference);
            advance(run, now);
        });
    }

    /** Somebody answered a question. Whether there was one. */
    public boolean answer(String runId, String stepId, boolean approved, String by, Instant now) {
        Run run = runs.get(runId);
        if (run == null) {
            return false;
        }
        Optional<String> path = Questions.waitingFor(run, stepId);
        path.ifPresent(found -> {
            StepState before = run.steps().getOrDefault(found, StepState.running(1));
            update(run.with(found, Walk.answered(before, approved, by)));
            advance(runId, now);
        });
        return path.isPresent();
    }

    public void silence(Silence silence) {
        quiet.add(silence);
    }

    /** Rules whose state holds now. */
    public Set<String> firing() {
        return book.firing();
    }

    /** Rules whose last event could not be judged, and why. */
    public Map<String, String> problems() {
        return book.problems();
    }

    /** How many runs a breaker kept from taking place, since the start. */
    public long dropped() {
        return breaker.dropped();
    }

    /** How often the host had too many runs and began to drop them, since the start. */
    public int hostOpenings() {
        return breaker.hostOpenings();
    }

    /** How many runs did not end. */
    public int openRuns() {
        return runs.size();
    }

    /** Runs that did not end, in the order they were accepted. */
    public List<Run> open() {
        return List.copyOf(runs.values());
    }

    /** All that triggers remember, what they saw last included; for a stop, so that nothing is lost by it. */
    public Changes everything() {
        return new Changes(book.everything(), Set.of(), List.of(), Map.of(), List.of(), List.of(), List.of());
    }

    /** What was decided since this was asked last. */
    public Changes take() {
        changedStates.putAll(book.takeChanged());
        if (nothingChanged()) {
            return Changes.NOTHING;
        }
        Changes changes = new Changes(
                Collections.unmodifiableMap(new LinkedHashMap<>(changedStates)),
                Set.copyOf(forgotten),
                List.copyOf(changedRuns.values()),
                lastTimes.takeChanged(),
                List.copyOf(tasks),
                List.copyOf(stopped),
                List.copyOf(events));
        changedStates.clear();
        forgotten.clear();
        changedRuns.clear();
        tasks.clear();
        stopped.clear();
        events.clear();
        return changes;
    }

    private boolean nothingChanged() {
        return changedStates.isEmpty()
                && forgotten.isEmpty()
                && changedRuns.isEmpty()
                && !lastTimes.hasChanged()
                && tasks.isEmpty()
                && stopped.isEmpty()
                && events.isEmpty();
    }

    private void start(Rule rule, Firing firing, Instant now) {
        List<Step> steps = firing.resolve() ? rule.onResolve() : rule.steps();
        if (steps.isEmpty() || ports.isKnown(rule.name(), firing.event(), firing.key(), firing.resolve())) {
            return;
        }
        String lane = Breaker.lane(rule.name(), firing.key());
        Breaker.Verdict verdict = breaker.ask(lane, rule.maxRuns(), now);
        if (verdict == Breaker.Verdict.TRIPPED) {
            events.add(own("rule.tripped", rule, now, Map.of("key", firing.key(), "runs", (long)
                    rule.maxRuns().runs())));
        }
        if (verdict != Breaker.Verdict.ALLOWED) {
            return;
        }
        Run run = new Run(
                ports.newId(now),
                rule.name(),
                firing.key(),
                firing.event(),
                firing.previous(),
                firing.resolve(),
                rules.revision().hash(),
                now,
                rule.mode() == Rule.Mode.SHADOW ? Run.Status.SHADOW : Run.Status.QUEUED,
                Map.of(),
                "");
        breaker.began(lane, run.id(), now);
        update(run);
        if (run.status().isEnd()) {
            breaker.ended(lane, run.id(), run.status(), now);
        } else {
            held.put(run.id(), hold(run.id(), rule, rules));
            offer(run, lane, rule, now);
        }
    }

    private void offer(Run run, String lane, Rule rule, Instant now) {
        RunQueue.Decision decision = queue.offer(run.id(), lane, rule.concurrency());
        decision.dropped().forEach(dropped -> end(dropped, Run.Status.CANCELLED, Run.REPLACED, now));
        if (decision.refused()) {
            end(run.id(), Run.Status.CANCELLED, "another run is under way", now);
        }
        decision.stopped().forEach(other -> giveWay(other, now));
        decision.started().ifPresent(id -> advance(id, now));
    }

    /** What it does is stopped where that can be, and its last steps done; then the newer run begins. */
    private void giveWay(String id, Instant now) {
        Run run = runs.get(id);
        Held by = held.get(id);
        if (run == null || by == null || run.isReplaced()) {
            return;
        }
        Run ending = run.in(Run.Status.RUNNING, Run.REPLACED);
        for (Task task : tasks.stream().filter(one -> one.run().id().equals(id)).toList()) {
            tasks.remove(task);
            selfChanges.ended(task, now);
            ending = ending.with(task.path(), StepState.ended(Status.FAILED, 0, Run.REPLACED, Map.of()));
        }
        update(ending);
        boolean hasStoppable = ending.steps().entrySet().stream()
                .filter(step -> step.getValue().status() == Status.RUNNING)
                .flatMap(step -> StepPath.find(by.set(), run.rule(), step.getKey()).stream())
                .anyMatch(step -> step.verb().isStoppable());
        if (hasStoppable) {
            stopped.add(id);
        }
        advance(id, now);
    }

    private void resume(Run run, RuleSet set, Instant now) {
        Optional<Rule> rule = set.rule(run.rule());
        runs.put(run.id(), run);
        if (rule.isEmpty()) {
            end(run.id(), Run.Status.CANCELLED, "its rule is not there any more", now);
            return;
        }
        held.put(run.id(), hold(run.id(), rule.get(), set));
        String lane = Breaker.lane(run.rule(), run.key());
        breaker.began(lane, run.id(), run.created());
        if (run.status() == Run.Status.QUEUED) {
            offer(run, lane, rule.get(), now);
            return;
        }
        queue.resume(run.id(), lane, rule.get().concurrency());
        update(Resumption.of(run, set, now));
        advance(run.id(), now);
    }

    private void advance(String id, Instant now) {
        wakes.set(id, Optional.empty());
        Run run = runs.get(id);
        Held by = held.get(id);
        if (run == null || by == null) {
            return;
        }
        Walk.Position position = Walk.of(run.begun(), by.rule(), by.set()::rule, by.lookup(), quiet, now);
        // With what this look decided, even when the run is over.
        runs.put(id, position.run());
        update(position.run());
        position.tasks().forEach(task -> {
            tasks.add(task);
            selfChanges.began(task, now);
        });
        wakes.set(id, position.wake());
        Questions.asked(run, position.run())
                .forEach((path, state) -> events.add(asked(run, by.rule(), path, state, now)));
        if (position.run().status().isEnd()) {
            end(id, position.run().status(), position.run().problem(), now);
        }
    }

    private RuleEvent asked(Run run, Rule rule, String path, StepState state, Instant now) {
        Map<String, Object> data =
                Map.of("run", run.id(), "step", path, "question", state.result().get("question"));
        return own("approval.asked", rule, now, data).causedBy(run.event());
    }

    private void end(String id, Run.Status status, String problem, Instant now) {
        Run run = runs.remove(id);
        Held by = held.remove(id);
        wakes.set(id, Optional.empty());
        if (run == null) {
            return;
        }
        changedRuns.put(id, run.in(status, problem));
        breaker.ended(Breaker.lane(run.rule(), run.key()), id, status, now);
        if (by != null) {
            Map<String, Object> data =
                    Map.of("run", id, "status", status.name().toLowerCase(java.util.Locale.ROOT), "problem", problem);
            events.add(own("run.finished", by.rule(), now, data).causedBy(run.event()));
        }
        queue.finish(id).forEach(next -> advance(next, now));
    }

    private void update(Run run) {
        changedRuns.put(run.id(), run);
        if (!run.status().isEnd()) {
            runs.put(run.id(), run);
        }
    }

    private RuleEvent own(String type, Rule rule, Instant now, Map<String, Object> data) {
        return RuleEvent.of(ports.newId(now), source(), type, rule.name(), now, data)
                .onHost(ports.host());
    }

    private String source() {
        return EventSource.of(ports.host(), EventSource.RULES);
    }

    /** The event that a step publishes; a chain of such events is bounded by its hops. */
    public RuleEvent emitted(Task task, Verb.Emit emit, Map<String, Object> data, Instant now) {
        RuleEvent cause = task.run().event();
        return RuleEvent.of(task.idempotencyKey(), source(), emit.type(), cause.subject(), now, data)
                .onHost(ports.host())
                .causedBy(cause);
    }
}
