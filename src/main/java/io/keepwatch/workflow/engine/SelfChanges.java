package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows which changes of files come from a rule's own steps, so that a rule does not start itself. */
final class SelfChanges {
    /** Notifications come a little later than the change. */
    private static final Duration ECHO = Duration.ofSeconds(15);

    private final Map<String, List<Written>> byRule = new HashMap<>();

    private record Written(String task, List<PathPattern> patterns, Instant until) {}

    void began(Task task, Instant now) {
        List<PathPattern> patterns = patterns(task);
        if (!patterns.isEmpty()) {
            List<Written> all = byRule.computeIfAbsent(task.run().rule(), rule -> new ArrayList<>());
            all.removeIf(old -> old.until().isBefore(now));
            all.add(new Written(task.idempotencyKey(), patterns, Instant.MAX));
        }
    }

    void ended(Task task, Instant now) {
        byRule.getOrDefault(task.run().rule(), new ArrayList<>())
                .replaceAll(written -> written.task().equals(task.idempotencyKey())
                        ? new Written(written.task(), written.patterns(), now.plus(ECHO))
                        : written);
    }

    /** The event without what the rule itself changed; empty when nothing is left. */
    Optional<RuleEvent> foreign(String rule, RuleEvent event, Instant now) {
        List<Written> own = byRule.isEmpty() ? List.of() : byRule.getOrDefault(rule, List.of());
        if (own.isEmpty() || !event.type().equals("file.changed")) {
            return Optional.of(event);
        }
        return FilePaths.keep(
                event,
                path -> own.stream()
                        .noneMatch(written -> !written.until().isBefore(now)
                                && written.patterns().stream().anyMatch(pattern -> pattern.matches(path))));
    }

    private static List<PathPattern> patterns(Task task) {
        if (task.step().verb() instanceof Verb.Run run) {
            return run.writes().stream().map(PathPattern::of).toList();
        }
        return task.step().verb() instanceof Verb.Restore restore ? restored(task, restore) : List.of();
    }

    /** What comes back, and all beneath it. */
    private static List<PathPattern> restored(Task task, Verb.Restore restore) {
        try {
            Object written = task.with().containsKey("to")
                    ? task.with().get("to")
                    : restore.paths().evaluate(task.values());
            List<?> paths = written instanceof List<?> list ? list : List.of(String.valueOf(written));
            return paths.stream()
                    .map(path -> String.valueOf(path).replaceFirst("/+$", ""))
                    .flatMap(path -> Stream.of(PathPattern.of(path), PathPattern.of(path + "/**")))
                    .toList();
        } catch (ExpressionException e) {
            // The step fails by the same expression, and writes nothing.
            return List.of();
        }
    }
}
