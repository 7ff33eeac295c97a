package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Changes;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What is committed together, and what is done once that has happened. */
final class Batch {
    private final Decided decided = new Decided();
    private final List<Task> tasks = new ArrayList<>();
    private final List<Task> undone = new ArrayList<>();
    private final Set<String> stopped = new LinkedHashSet<>();
    private final List<RuleEvent> events = new ArrayList<>();
    private final List<CompletableFuture<Void>> promises = new ArrayList<>();

    void add(Changes changes, Revision revision, Instant at) {
        decided.add(changes, revision, at);
        stopped.addAll(changes.stopped());
        List<Task> late = tasks.stream()
                .filter(task -> changes.stopped().contains(task.run().id()))
                .toList();
        tasks.removeAll(late);
        undone.addAll(late);
        events.addAll(changes.events());
    }

    void task(Task task) {
        tasks.add(task);
    }

    void event(RuleEvent event) {
        events.add(event);
    }

    void promise(CompletableFuture<Void> promise) {
        promises.add(promise);
    }

    boolean isNothing() {
        return decided.isNothing() && tasks.isEmpty() && stopped.isEmpty() && events.isEmpty();
    }

    Decided decided() {
        return decided;
    }

    List<Task> tasks() {
        return tasks;
    }

    /** Tasks of runs that were stopped before these began. */
    List<Task> undone() {
        return undone;
    }

    Set<String> stopped() {
        return stopped;
    }

    List<RuleEvent> events() {
        return events;
    }

    List<CompletableFuture<Void>> promises() {
        return promises;
    }
}
