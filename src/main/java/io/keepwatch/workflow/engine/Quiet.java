package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.StepPath;
import io.keepwatch.workflow.rule.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps steps back: those of silenced and inhibited rules that would tell somebody, and those that ran lately. */
final class Quiet implements Gate {
    private RuleSet rules;
    private Map<String, List<String>> inhibitors = Map.of();
    private final Predicate<String> isFiring;
    private final List<Silence> silences = new ArrayList<>();
    private final LastTimes lastTimes;

    /**
     * @param isFiring whether a rule fires now
     * @param lastTimes has when steps with {@code once_within} ran
     */
    Quiet(RuleSet rules, Predicate<String> isFiring, LastTimes lastTimes, List<Silence> silences) {
        this.rules = rules;
        this.isFiring = isFiring;
        this.lastTimes = lastTimes;
        this.silences.addAll(silences);
        use(rules);
    }

    /** Other rules from now on. */
    void use(RuleSet next) {
        rules = next;
        Map<String, List<String>> found = new HashMap<>();
        for (Rule rule : next.rules()) {
            rule.inhibits()
                    .forEach(inhibited -> found.computeIfAbsent(inhibited, name -> new ArrayList<>())
                            .add(rule.name()));
        }
        inhibitors = found;
    }

    List<Silence> silences() {
        return List.copyOf(silences);
    }

    void add(Silence silence) {
        silences.removeIf(old -> old.id().equals(silence.id()));
        silences.add(silence);
    }

    @Override
    public Optional<String> refusal(Run run, String path, Step step, Instant now) {
        boolean tells = step.verb() instanceof Verb.Notify || step.verb() instanceof Verb.Webhook;
        Optional<String> silenced = tells ? silenced(run, now) : Optional.empty();
        if (silenced.isPresent() || step.onceWithin().isEmpty()) {
            return silenced;
        }
        String key = run.rule() + "/" + StepPath.withoutItems(path).replace('/', '>') + "/"
                + run.event().subject();
        Instant last = lastTimes.of(key).orElse(Instant.EPOCH);
        if (last.plus(step.onceWithin().get()).isAfter(now)) {
            return Optional.of("it ran at " + last);
        }
        lastTimes.set(key, now);
        return Optional.empty();
    }

    private Optional<String> silenced(Run run, Instant now) {
        silences.removeIf(silence -> !silence.until().isAfter(now));
        if (silences.stream().anyMatch(one -> one.covers(run.rule(), run.event().subject(), now))) {
            return Optional.of("silenced");
        }
        if (rules.maintenance().stream().anyMatch(window -> window.covers(run.rule(), now))) {
            return Optional.of("maintenance");
        }
        return inhibitors.getOrDefault(run.rule(), List.of()).stream()
                .filter(isFiring)
                .findFirst()
                .map(rule -> "inhibited by " + rule);
    }
}
