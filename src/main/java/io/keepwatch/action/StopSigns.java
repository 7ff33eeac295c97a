package io.keepwatch.action;

import io.keepwatch.workflow.engine.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Tells work that looks up now and then that its run gave way. Steps that the run does later are told nothing. For any thread. */
final class StopSigns {
    private final Map<String, Set<AtomicBoolean>> signs = new ConcurrentHashMap<>();

    /** @param work begins at once, and asks what it is given whether to stop */
    <T> CompletionStage<T> during(Task task, Function<BooleanSupplier, CompletionStage<T>> work) {
        String run = task.run().id();
        AtomicBoolean sign = new AtomicBoolean();
        signs.compute(run, (id, known) -> {
            Set<AtomicBoolean> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(sign);
            return all;
        });
        try {
            return work.apply(sign::get).whenComplete((done, problem) -> remove(run, sign));
        } catch (RuntimeException e) {
            remove(run, sign);
            throw e;
        }
    }

    /** Stops what the run does now. */
    void stop(String run) {
        List.copyOf(signs.getOrDefault(run, Set.of())).forEach(sign -> sign.set(true));
    }

    private void remove(String run, AtomicBoolean sign) {
        signs.computeIfPresent(run, (id, all) -> {
            all.remove(sign);
            return all.isEmpty() ? null : all;
        });
    }
}
