package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.engine.Changes.StateKey;
import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The triggers of all rules, found by the type and subject of an event, so that only those are asked that it concerns. */
final class RuleBook {
    /** After so many errors in a row a rule counts as failing. */
    private static final int FAILING = 10;

    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private final Map<String, TypeIndex> byType = new HashMap<>();
    private final Map<Entry, Integer> errors = new LinkedHashMap<>();
    private final Alarms<Entry> alarms = new Alarms<>();
    private final Set<Entry> touched = new LinkedHashSet<>();

    /** A rule and its trigger at work; each is the same only as itself. */
    static final class Entry {
        private final int position;
        private final Rule rule;
        private final Machine machine;
        private Optional<Instant> due = Optional.empty();

        private Entry(int position, Rule rule, Machine machine) {
            this.position = position;
            this.rule = rule;
            this.machine = machine;
        }

        /** Where it stands among all rules. */
        int position() {
            return position;
        }

        Rule rule() {
            return rule;
        }
    }

    RuleBook(RuleSet rules, String host, Lookup lookup, Map<String, Map<String, KeyState>> remembered, Instant now) {
        Views views = new Views(lookup, host);
        for (Rule rule : rules.rules()) {
            if (rule.mode() == Rule.Mode.OFF || rule.on().isEmpty()) {
                continue;
            }
            Machine machine = new Machine(rule, rule.on().get(), views, remembered.getOrDefault(rule.name(), Map.of()));
            machine.begin(now);
            Entry entry = new Entry(byName.size(), rule, machine);
            byName.put(rule.name(), entry);
            touch(entry);
            for (String type : rule.on().get().types()) {
                byType.computeIfAbsent(type, name -> new TypeIndex()).add(entry, machine.subjects(type));
            }
        }
    }

    /** The rules to which this event may make a difference, in their order. */
    List<Entry> concerned(RuleEvent event) {
        TypeIndex index = byType.get(event.type());
        if (index == null) {
            return List.of();
        }
        List<Entry> concerned = index.concerned(event.subject());
        if (!errors.isEmpty()) {
            // Whoever is not asked would have judged this event without an error, and only errors in a row count.
            errors.keySet()
                    .removeIf(entry ->
                            entry.machine.trigger().types().contains(event.type()) && !concerned.contains(entry));
        }
        return concerned;
    }

    List<Firing> take(Entry entry, RuleEvent event, Instant now) {
        List<Firing> firings = entry.machine.take(event, now);
        touch(entry);
        return firings;
    }

    /** The rules with something due by now. */
    List<Entry> due(Instant now) {
        return alarms.due(now);
    }

    List<Firing> tick(Entry entry, Instant now) {
        List<Firing> firings = entry.machine.tick(now);
        touch(entry);
        return firings;
    }

    Optional<Instant> next() {
        return alarms.next();
    }

    boolean isFiring(String rule) {
        Entry entry = byName.get(rule);
        return entry != null && entry.machine.isFiring();
    }

    Set<String> firing() {
        return byName.keySet().stream().filter(this::isFiring).collect(Collectors.toSet());
    }

    /** Counts errors; the problem when a rule has just begun to count as failing. */
    Optional<String> judged(Entry entry) {
        Optional<String> problem = entry.machine.problem();
        if (problem.isEmpty()) {
            if (!errors.isEmpty()) {
                errors.remove(entry);
            }
            return problem;
        }
        int count = errors.merge(entry, 1, Integer::sum);
        return problem.filter(found -> count == FAILING);
    }

    /** Rules whose last event could not be judged, and why. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        errors.keySet()
                .forEach(entry ->
                        entry.machine.problem().ifPresent(problem -> problems.put(entry.rule.name(), problem)));
        return problems;
    }

    /** What triggers remember that are the same in these rules. */
    Map<String, Map<String, KeyState>> statesFor(RuleSet next) {
        Map<String, Map<String, KeyState>> states = new LinkedHashMap<>();
        for (Rule rule : next.rules()) {
            Entry entry = byName.get(rule.name());
            if (entry != null
                    && rule.mode() != Rule.Mode.OFF
                    && entry.rule.onHash().equals(rule.onHash())) {
                states.put(rule.name(), entry.machine.states());
            }
        }
        return states;
    }

    /** The names of the rules whose triggers are at work. */
    Set<String> names() {
        return byName.keySet();
    }

    Map<StateKey, KeyState> everything() {
        Map<StateKey, KeyState> all = new LinkedHashMap<>();
        for (Entry entry : byName.values()) {
            entry.machine
                    .states()
                    .forEach((key, state) -> all.put(new StateKey(entry.rule.name(), key, entry.rule.onHash()), state));
        }
        return all;
    }

    Map<StateKey, KeyState> takeChanged() {
        if (touched.isEmpty()) {
            return Map.of();
        }
        Map<StateKey, KeyState> changed = new LinkedHashMap<>();
        for (Entry entry : touched) {
            entry.machine
                    .takeChanged()
                    .forEach((key, state) ->
                            changed.put(new StateKey(entry.rule.name(), key, entry.rule.onHash()), state));
        }
        touched.clear();
        return changed;
    }

    private void touch(Entry entry) {
        if (entry.machine.hasChanged()) {
            touched.add(entry);
        }
        Optional<Instant> due = entry.machine.next();
        if (!due.equals(entry.due)) {
            entry.due = due;
            alarms.set(entry, due);
        }
    }
}
