package io.keepwatch.workflow.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that one event type concerns: some for every subject, some for a few subjects only. In the order of the rules. */
final class TypeIndex {
    private final List<RuleBook.Entry> always = new ArrayList<>();
    private final Map<String, List<RuleBook.Entry>> bySubject = new HashMap<>();

    /** @param subjects the only ones that make a difference to the rule; empty when any does */
    void add(RuleBook.Entry entry, Optional<Set<String>> subjects) {
        if (subjects.isEmpty()) {
            always.add(entry);
        } else {
            subjects.get()
                    .forEach(subject -> bySubject
                            .computeIfAbsent(subject, same -> new ArrayList<>())
                            .add(entry));
        }
    }

    List<RuleBook.Entry> concerned(String subject) {
        List<RuleBook.Entry> some = bySubject.getOrDefault(subject, List.of());
        if (some.isEmpty() || always.isEmpty()) {
            return some.isEmpty() ? always : some;
        }
        List<RuleBook.Entry> all = new ArrayList<>(always.size() + some.size());
        int next = 0;
        for (RuleBook.Entry entry : always) {
            while (next < some.size() && some.get(next).position() < entry.position()) {
                all.add(some.get(next++));
            }
            all.add(entry);
        }
        all.addAll(some.subList(next, some.size()));
        return all;
    }
}
