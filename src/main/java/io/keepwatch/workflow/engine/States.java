package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest event of each type and subject, for {@code state()}. */
final class States {
    private static final int MAX_SUBJECTS = 10_000;

    private final Map<String, Map<String, RuleEvent>> newest = new HashMap<>();

    void put(RuleEvent event) {
        Map<String, RuleEvent> subjects = newest.computeIfAbsent(event.type(), type -> new LinkedHashMap<>());
        subjects.remove(event.subject());
        subjects.put(event.subject(), event);
        if (subjects.size() > MAX_SUBJECTS) {
            subjects.remove(subjects.keySet().iterator().next());
        }
    }

    /** For triggers, which are judged at once: files are not compared for them. */
    Lookup lookup(Ports ports) {
        return new Lookup() {
            @Override
            public Optional<RuleEvent> state(String type, String subject) {
                return Optional.ofNullable(newest.getOrDefault(type, Map.of()).get(subject));
            }

            @Override
            public String diff(List<String> paths) {
                throw new IllegalArgumentException("only steps can ask for a difference");
            }

            @Override
            public List<String> pathsOn(String disk) {
                return ports.pathsOn(disk);
            }

            @Override
            public String secret(String name) {
                return ports.secret(name);
            }
        };
    }
}
