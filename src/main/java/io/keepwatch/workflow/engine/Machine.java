package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.engine.Conditions.Unevaluable;
import io.keepwatch.workflow.engine.KeyState.Waiting;
import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The trigger of one rule at work: events and time go in, reasons to run come out. For one thread. */
final class Machine {
    /** A rule remembers at most so many keys; of more, those that rest are forgotten. */
    private static final int MAX_KEYS = 10_000;

    /** Begins the keys under which a throttle with a {@code by} of its own keeps its times. */
    private static final String SHARED = "throttle\n";

    private static final Duration OUTAGE_TOLERANCE = Duration.ofHours(1);

    private final Rule rule;
    private final Trigger trigger;
    private final String host;
    private final Conditions conditions;
    private final List<PathPattern> paths;
    private final Map<String, KeyState> states = new LinkedHashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<String> firing = new HashSet<>();
    private final Alarms<String> alarms = new Alarms<>();
    private final List<Firing> firings = new ArrayList<>();
    private final List<Correlation> correlation;
    private Optional<String> problem = Optional.empty();

    Machine(Rule rule, Trigger trigger, Views views, Map<String, KeyState> remembered) {
        this.rule = rule;
        this.trigger = trigger;
        this.host = views.host();
        this.conditions = new Conditions(views);
        this.paths = trigger.source() instanceof Trigger.OnFile files
                ? files.patterns().stream().map(PathPattern::of).toList()
                : List.of();
        remembered.forEach(this::put);
        this.correlation =
                trigger.source() instanceof Trigger.OnSeveral several ? List.of(new Correlation(several)) : List.of();
    }

    Trigger trigger() {
        return trigger;
    }

    /** Sets the clock of triggers that wait for time alone; call it once before anything else. */
    void begin(Instant now) {
        if (trigger.source() instanceof Trigger.OnAbsent absent && states.isEmpty()) {
            change("", KeyState.begin(now).dueAt(Optional.of(now.plus(absent.within()))));
        } else if (trigger.source() instanceof Trigger.OnEvery every) {
            Optional<Instant> kept = Optional.ofNullable(states.get("")).flatMap(KeyState::due);
            change("", KeyState.begin(now).dueAt(kept.or(() -> Optional.of(now.plus(every.every())))));
        } else if (trigger.source() instanceof Trigger.OnCron cron) {
            Optional<Instant> kept = Optional.ofNullable(states.get("")).flatMap(KeyState::due);
            boolean skip = cron.missed() == Trigger.Missed.SKIP
                    && kept.filter(due -> due.isBefore(now)).isPresent();
            change(
                    "",
                    KeyState.begin(now)
                            .dueAt(
                                    skip
                                            ? cron.cron().next(now)
                                            : kept.or(() -> cron.cron().next(now))));
        }
    }

    /**
     * The subjects of which an event of this type must have one to make any difference here; empty where any does. Of an event
     * of another subject nothing would be remembered but what was seen last of a key that never matches.
     */
    Optional<Set<String>> subjects(String type) {
        if (trigger.source() instanceof Trigger.OnSeveral several) {
            return Correlation.subjects(several, type);
        }
        boolean bySubject = (trigger.source() instanceof Trigger.OnEvent || trigger.source() instanceof Trigger.OnState)
                && trigger.by().isEmpty();
        return bySubject || trigger.source() instanceof Trigger.OnAbsent
                ? trigger.when().flatMap(Expression::subjects)
                : Optional.empty();
    }

    /** Takes an event of one of the trigger's types. */
    List<Firing> take(RuleEvent event, Instant now) {
        firings.clear();
        problem = Optional.empty();
        try {
            if (trigger.source() instanceof Trigger.OnSeveral several) {
                correlation
                        .get(0)
                        .part(event, (condition, one) -> conditions.hold(condition, one, Optional.empty()))
                        .ifPresent(part -> several(several, part, event, now));
            } else if (trigger.source() instanceof Trigger.OnFile) {
                FilePaths.matching(paths, event).ifPresent(matching -> single(matching, now));
            } else {
                single(event, now);
            }
        } catch (Unevaluable e) {
            problem = e.problem();
        }
        return List.copyOf(firings);
    }

    /** Why the last event could not be judged; it did not match then. An event without a field that is asked for is no match. */
    Optional<String> problem() {
        return problem;
    }

    /** Does what is due by now. */
    List<Firing> tick(Instant now) {
        firings.clear();
        for (String key : alarms.due(now)) {
            KeyState state = state(key, now);
            try {
                due(key, state, now);
            } catch (Unevaluable e) {
                problem = e.problem();
                change(key, state.holding(Optional.empty(), Optional.empty()));
            }
        }
        return List.copyOf(firings);
    }

    Optional<Instant> next() {
        return alarms.next();
    }

    boolean isFiring() {
        return !firing.isEmpty();
    }

    /** By key. */
    Map<String, KeyState> states() {
        return Map.copyOf(states);
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** The states that changed since this was asked last, except for those that only saw another event. */
    Map<String, KeyState> takeChanged() {
        Map<String, KeyState> result = new HashMap<>();
        changed.forEach(key -> Optional.ofNullable(states.get(key)).ifPresent(state -> result.put(key, state)));
        changed.clear();
        return result;
    }

    private void single(RuleEvent event, Instant now) {
        boolean byRule = trigger.source() instanceof Trigger.OnFile
                || trigger.source() instanceof Trigger.OnWebhook
                || trigger.source() instanceof Trigger.OnAbsent;
        String key = key(event, byRule ? "" : event.subject());
        KeyState before = state(key, now);
        boolean matches = conditions.hold(trigger.when(), event, before.last());
        if (trigger.source() instanceof Trigger.OnState) {
            level(key, before, matches, event, now);
        } else if (trigger.source() instanceof Trigger.OnAbsent absent) {
            if (matches) {
                change(key, KeyState.begin(now).lastly(event).dueAt(Optional.of(now.plus(absent.within()))));
            }
        } else if (matches) {
            debounce(key, before.lastly(event), event, before.last(), now);
        } else {
            put(key, before.lastly(event));
        }
    }

    private void several(Trigger.OnSeveral several, int part, RuleEvent event, Instant now) {
        String key = key(event, "");
        KeyState before = state(key, now);
        if (!several.all()) {
            debounce(key, before, event, Optional.empty(), now);
            return;
        }
        Map<Integer, RuleEvent> parts = new HashMap<>(before.parts());
        parts.values().removeIf(old -> old.time().plus(several.within()).isBefore(event.time()));
        parts.put(part, event);
        if (parts.size() < several.parts().size()) {
            change(key, before.with(parts));
        } else {
            throttle(key, before.with(Map.of()), Correlation.merged(parts, event), Optional.empty(), now);
        }
    }

    private void level(String key, KeyState before, boolean matches, RuleEvent event, Instant now) {
        KeyState seen = before.lastly(event);
        switch (before.phase()) {
            case INACTIVE, PENDING -> {
                Instant since =
                        before.phase() == KeyState.Phase.PENDING && !isGap(before, event) ? before.since() : now;
                if (!matches) {
                    moved(key, before, seen.in(KeyState.Phase.INACTIVE, now));
                } else if (!since.plus(trigger.hold()).isAfter(now)) {
                    throttle(key, seen.in(KeyState.Phase.FIRING, now), event, before.last(), now);
                } else {
                    moved(key, before, seen.in(KeyState.Phase.PENDING, since));
                }
            }
            case FIRING, ENDING -> {
                boolean over =
                        trigger.clear().isPresent() ? conditions.hold(trigger.clear(), event, before.last()) : !matches;
                if (!over) {
                    // What is due while it fires is what a throttle holds back, and stays so.
                    boolean fires = before.phase() == KeyState.Phase.FIRING;
                    KeyState next = fires ? seen : seen.dueAt(Optional.empty());
                    moved(key, before, next.in(KeyState.Phase.FIRING, fires ? before.since() : now));
                } else if (before.phase() == KeyState.Phase.FIRING
                        && trigger.keepFiring().compareTo(Duration.ZERO) > 0) {
                    KeyState next = seen.holding(
                            Optional.of(new Waiting(event, before.last())),
                            Optional.of(now.plus(trigger.keepFiring())));
                    change(key, next.in(KeyState.Phase.ENDING, now));
                } else if (before.phase() == KeyState.Phase.FIRING) {
                    resolve(key, seen, event, before.last(), now);
                } else {
                    moved(key, before, seen.holding(Optional.of(new Waiting(event, before.last())), seen.due()));
                }
            }
        }
    }

    private static boolean isGap(KeyState before, RuleEvent event) {
        return before.last()
                .filter(last -> last.time().plus(OUTAGE_TOLERANCE).isBefore(event.time()))
                .isPresent();
    }

    private void resolve(String key, KeyState state, RuleEvent event, Optional<RuleEvent> previous, Instant now) {
        change(key, state.dueAt(Optional.empty()).in(KeyState.Phase.INACTIVE, now));
        firings.add(new Firing(key, event, previous, true));
    }

    private void debounce(String key, KeyState state, RuleEvent event, Optional<RuleEvent> previous, Instant now) {
        if (trigger.debounce().isPresent()) {
            RuleEvent joined = state.held()
                    .map(held -> FilePaths.joined(held.event(), event))
                    .orElse(event);
            change(
                    key,
                    state.holding(
                            Optional.of(new Waiting(joined, before(state, previous))),
                            Optional.of(now.plus(trigger.debounce().get()))));
        } else {
            throttle(key, state, event, previous, now);
        }
    }

    private void throttle(String key, KeyState state, RuleEvent event, Optional<RuleEvent> previous, Instant now) {
        if (trigger.throttle().isEmpty()) {
            fire(key, state, event, previous);
        } else if (trigger.throttle().get().after()) {
            Instant due = state.due().orElse(now.plus(trigger.throttle().get().within()));
            change(key, state.holding(Optional.of(new Waiting(event, before(state, previous))), Optional.of(due)));
        } else if (trigger.throttle().get().by().isPresent()) {
            // Events of several keys share its quiet time, and nothing else.
            String shared =
                    SHARED + conditions.value(trigger.throttle().get().by().get(), event);
            KeyState quiet = state(shared, now);
            if (isQuiet(quiet, now)) {
                change(key, state);
            } else {
                change(shared, quiet.quiet(now.plus(trigger.throttle().get().within())));
                fire(key, state, event, previous);
            }
        } else if (isQuiet(state, now)) {
            change(key, state);
        } else {
            fire(key, state.quiet(now.plus(trigger.throttle().get().within())), event, previous);
        }
    }

    /** What is held back stands for all since the first of it, and so grew since the event before that. */
    private static Optional<RuleEvent> before(KeyState state, Optional<RuleEvent> previous) {
        return state.held().isPresent() ? state.held().flatMap(Waiting::previous) : previous;
    }

    private static boolean isQuiet(KeyState state, Instant now) {
        return state.quietUntil().filter(now::isBefore).isPresent();
    }

    private void fire(String key, KeyState state, RuleEvent event, Optional<RuleEvent> previous) {
        change(key, state);
        firings.add(new Firing(key, event, previous, false));
    }

    private void due(String key, KeyState state, Instant now) {
        KeyState rest = state.holding(Optional.empty(), Optional.empty());
        if (state.phase() == KeyState.Phase.ENDING) {
            state.waiting().ifPresent(ends -> resolve(key, rest, ends.event(), ends.previous(), now));
        } else if (trigger.source() instanceof Trigger.OnAbsent absent) {
            RuleEvent event = Scheduled.absence(host, rule.name(), key, absent, state, now);
            fire(
                    key,
                    rest.in(KeyState.Phase.FIRING, now),
                    event,
                    Optional.of(state.last().orElse(Scheduled.never(host, absent, state))));
        } else if (trigger.source() instanceof Trigger.OnCron || trigger.source() instanceof Trigger.OnEvery) {
            schedule(rest, state.due().orElse(now), now);
        } else if (state.waiting().isPresent()) {
            Waiting waiting = state.waiting().get();
            boolean debounced = trigger.debounce().isPresent()
                    && trigger.throttle().filter(t -> t.after()).isEmpty();
            if (debounced && trigger.throttle().isPresent()) {
                throttle(key, rest, waiting.event(), waiting.previous(), now);
            } else {
                fire(key, rest, waiting.event(), waiting.previous());
            }
        } else {
            change(key, rest);
        }
    }

    private void schedule(KeyState rest, Instant due, Instant now) {
        List<Instant> times = Scheduled.times(trigger.source(), due, now);
        change("", rest.dueAt(Scheduled.after(trigger.source(), now)));
        boolean all = trigger.source() instanceof Trigger.OnCron cron && cron.missed() == Trigger.Missed.ALL;
        List<Instant> run = all ? times : times.subList(times.size() - 1, times.size());
        run.forEach(time -> firings.add(new Firing(
                "", Scheduled.event(host, rule.name(), time, all ? 0 : times.size() - 1L), Optional.empty(), false)));
    }

    private KeyState state(String key, Instant now) {
        KeyState known = states.get(key);
        if (known == null && states.size() >= MAX_KEYS) {
            states.values()
                    .removeIf(state -> state.phase() == KeyState.Phase.INACTIVE
                            && state.due().isEmpty());
        }
        return known == null ? KeyState.begin(now) : known;
    }

    private void moved(String key, KeyState before, KeyState after) {
        put(key, after);
        if (before.phase() != after.phase() || isWorthKeeping(before, after)) {
            changed.add(key);
        }
    }

    private void change(String key, KeyState state) {
        put(key, state);
        changed.add(key);
    }

    private void put(String key, KeyState state) {
        KeyState before = states.put(key, state);
        if (before == null || !before.due().equals(state.due())) {
            alarms.set(key, state.due());
        }
        if (before == null || before.phase() != state.phase()) {
            if (state.phase() == KeyState.Phase.FIRING || state.phase() == KeyState.Phase.ENDING) {
                firing.add(key);
            } else {
                firing.remove(key);
            }
        }
    }

    /** Every ten minutes what a pending state saw last, so that a restart can tell how long it saw nothing. */
    private static boolean isWorthKeeping(KeyState before, KeyState after) {
        return after.phase() == KeyState.Phase.PENDING
                && !before.last().map(Machine::tenMinutes).equals(after.last().map(Machine::tenMinutes));
    }

    private static long tenMinutes(RuleEvent event) {
        return event.time().getEpochSecond() / 600;
    }

    private String key(RuleEvent event, String otherwise) {
        return trigger.by().map(by -> conditions.value(by, event)).orElse(otherwise);
    }
}
