package io.keepwatch.workflow.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How the runs of one rule differ under two sets of rules. Runs are the same where they are of the same key and time.
 *
 * @param both how many runs there are under either
 * @param otherSteps of these, those whose steps differ, as they are with the new rules
 */
public record Comparison(
        String rule, int both, List<SimulatedRun> otherSteps, List<SimulatedRun> onlyNew, List<SimulatedRun> onlyOld) {
    public Comparison {
        otherSteps = List.copyOf(otherSteps);
        onlyNew = List.copyOf(onlyNew);
        onlyOld = List.copyOf(onlyOld);
    }

    /** By rule; rules that never ran are not there. */
    public static List<Comparison> of(List<SimulatedRun> before, List<SimulatedRun> after) {
        TreeSet<String> names = new TreeSet<>();
        Stream.concat(before.stream(), after.stream()).forEach(run -> names.add(run.rule()));
        return names.stream()
                .map(name -> of(name, only(before, name), only(after, name)))
                .toList();
    }

    private static List<SimulatedRun> only(List<SimulatedRun> runs, String rule) {
        return runs.stream().filter(run -> run.rule().equals(rule)).toList();
    }

    private static Comparison of(String rule, List<SimulatedRun> before, List<SimulatedRun> after) {
        List<SimulatedRun> left = new ArrayList<>(before);
        List<SimulatedRun> onlyNew = new ArrayList<>();
        List<SimulatedRun> otherSteps = new ArrayList<>();
        for (SimulatedRun run : after) {
            Optional<SimulatedRun> twin = left.stream().filter(run::isTwin).findFirst();
            if (twin.isEmpty()) {
                onlyNew.add(run);
            } else {
                left.remove(twin.get());
                if (!twin.get().steps().equals(run.steps())) {
                    otherSteps.add(run);
                }
            }
        }
        return new Comparison(rule, after.size() - onlyNew.size(), otherSteps, onlyNew, left);
    }
}
