package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.engine.Changes.StateKey;
import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The triggers of all rules, found by the type of an event, so that only those are asked that it concerns. */
final class RuleBook {
    /** After so many errors in a row a rule counts as failing. */
    private static final int FAILING = 10;

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, List<Entry>> byType = new HashMap<>();
    private final Map<String, Integer> errors = new HashMap<>();

    /** A rule and its trigger at work. */
    record Entry(Rule rule, Machine machine) {}

    RuleBook(RuleSet rules, Lookup lookup, Map<String, Map<String, KeyState>> remembered, Instant now) {
        for (Rule rule : rules.rules()) {
            if (rule.mode() == Rule.Mode.OFF || rule.on().isEmpty()) {
                continue;
            }
            Machine machine =
                    new Machine(rule, rule.on().get(), lookup, remembered.getOrDefault(rule.name(), Map.of()));
            machine.begin(now);
            Entry entry = new Entry(rule, machine);
            entries.add(entry);
            rule.on()
                    .get()
                    .types()
                    .forEach(type -> byType.computeIfAbsent(type, name -> new ArrayList<>())
                            .add(entry));
        }
    }

    List<Entry> all() {
        return entries;
    }

    List<Entry> concerned(String type) {
        return byType.getOrDefault(type, List.of());
    }

    Optional<Instant> next() {
        return entries.stream()
                .flatMap(entry -> entry.machine().next().stream())
                .min(Instant::compareTo);
    }

    boolean isFiring(String rule) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.rule().name().equals(rule) && entry.machine().isFiring());
    }

    /** Counts errors; the problem when a rule has just begun to count as failing. */
    Optional<String> judged(Entry entry) {
        Optional<String> problem = entry.machine().problem();
        int count = problem.isPresent() ? errors.merge(entry.rule().name(), 1, Integer::sum) : 0;
        if (problem.isEmpty()) {
            errors.remove(entry.rule().name());
        }
        return problem.filter(found -> count == FAILING);
    }

    Map<StateKey, KeyState> takeChanged() {
        Map<StateKey, KeyState> changed = new LinkedHashMap<>();
        entries.forEach(entry -> entry.machine()
                .takeChanged()
                .forEach((key, state) -> changed.put(new StateKey(entry.rule().name(), key), state)));
        return changed;
    }
}
