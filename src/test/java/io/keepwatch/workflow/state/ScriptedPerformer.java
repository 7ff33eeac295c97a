package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Performer;
import io.keepwatch.workflow.engine.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes the steps it is given; each succeeds at once, fails, or goes on until a test ends it, as the test says. */
final class ScriptedPerformer implements Performer {
    private final List<Task> begun = new CopyOnWriteArrayList<>();
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();

    void hold(String step) {
        held.add(step);
    }

    void fail(String step) {
        failing.add(step);
    }

    /** Lets every step of this id that is under way succeed, and those to come too. */
    void release(String step) {
        held.remove(step);
        underWay.forEach((key, outcome) -> {
            if (key.endsWith("/" + step)) {
                outcome.complete(Outcome.succeeded(Map.of()));
            }
        });
    }

    @Override
    public CompletionStage<Outcome> perform(Task task) {
        String id = task.step().id();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        if (held.contains(id)) {
            underWay.put(task.idempotencyKey(), outcome);
        } else {
            outcome.complete(
                    failing.contains(id) ? Outcome.failed("it failed", Map.of()) : Outcome.succeeded(Map.of("n", 1L)));
        }
        begun.add(task);
        return outcome;
    }

    @Override
    public void stop(String runId) {
        stopped.add(runId);
        underWay.forEach((key, outcome) -> {
            if (key.startsWith(runId + "/")) {
                outcome.complete(Outcome.failed("it was stopped", Map.of()));
            }
        });
    }

    List<String> steps() {
        return begun.stream().map(task -> task.step().id()).toList();
    }

    List<Task> begun() {
        return begun;
    }

    List<String> stopped() {
        return stopped;
    }
}
