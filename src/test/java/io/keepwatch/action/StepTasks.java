package io.keepwatch.action;

import io.keepwatch.workflow.engine.Engine;
import io.keepwatch.workflow.engine.Memory;
import io.keepwatch.workflow.engine.Ports;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tasks as the engine makes them from the text of a step. */
public final class StepTasks {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    public static final RuleEvent FULL = RuleEvent.of(
            "e1", "/host/web-1/disk", "disk.usage", "/var", NOW, Map.of("used_percent", 92.5, "device", "<sda> & co"));

    private StepTasks() {}

    /** The first task of a rule {@code full} on {@code disk.usage} with this one step. */
    public static Task of(String step) {
        return of(FULL, step, "run-1");
    }

    public static Task of(RuleEvent event, String step, String runId) {
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(Path.of("r.yml"), """
                version: 1
                rules:
                  full:
                    on: {event: %s}
                    steps:
                      - %s
                """.formatted(event.type(), step));
        Engine engine = new Engine(
                loaded.rules().orElseThrow(() -> new IllegalArgumentException(loaded.report())),
                Ports.dry(number -> runId),
                Memory.NOTHING,
                NOW);
        engine.accept(event, NOW);
        List<Task> tasks = engine.take().tasks();
        return tasks.get(0);
    }

    /** The same, tried once more. */
    public static Task again(Task task) {
        return new Task(task.run(), task.path(), task.step(), task.attempt() + 1, task.with(), task.values());
    }
}
