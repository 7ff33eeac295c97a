package io.keepwatch.cli;

import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.HostSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a simulation cannot know, in general and of one rule. */
final class SimulationLimits {
    static final List<String> GENERAL = List.of(
            "nothing was done: every step counts as a success at once, and probe steps read what the event holds",
            "at the beginning no rule remembered anything: what began before may fire late, or not at all",
            "readings are kept as they were read for 48 hours, then as means of a minute (14 days), of 15 minutes (100"
                    + " days) and of a day; a peak within a mean is not seen",
            "of changed files the first 200,000 changes of the time are taken, and what was seen within a second is one event",
            "labels of readings, such as device or state, are not in the history; events that made a rule run have them",
            "events that made no rule run are not kept, but for readings; others are kept for 30 days, of 10,000 runs at"
                    + " most",
            "readings of the last minutes may not be in the history yet");

    private static final Pattern FIELD = Pattern.compile("\\bdata\\.(\\w+)");

    private final Map<String, Integer> byType;

    /** @param byType how many events of each type there were */
    SimulationLimits(Map<String, Integer> byType) {
        this.byType = Map.copyOf(byType);
    }

    List<String> of(Rule rule) {
        List<String> notes = new ArrayList<>();
        if (rule.mode() == Rule.Mode.OFF) {
            return List.of("it is off");
        }
        rule.on().ifPresent(trigger -> trigger.types().forEach(type -> notes.addAll(ofType(trigger, type))));
        if (rule.allSteps().anyMatch(step -> step.verb() instanceof Verb.Approve)) {
            notes.add("nobody answers its question: it waits for its timeout and takes the default");
        }
        return List.copyOf(notes);
    }

    private List<String> ofType(Trigger trigger, String type) {
        List<String> notes = new ArrayList<>();
        int seen = byType.getOrDefault(type, 0);
        boolean inHistory =
                HostSchemas.probeOf(type).filter(HostSchemas::isInHistory).isPresent();
        if (type.equals("file.changed")) {
            notes.add("changes of files are those of versions that are kept: " + seen
                    + " events; of several changes before a file was stored only the last");
        } else if (!inHistory) {
            notes.add("of " + type + " only events that made some rule run are known: " + seen);
            if (!trigger.hold().isZero() || trigger.source() instanceof Trigger.OnAbsent) {
                notes.add("so whether a state lasts, or an event is absent, cannot be judged");
            }
        } else if (seen == 0) {
            notes.add("no " + type + " is kept for this time");
        }
        Set<String> labels = expressions(trigger)
                .flatMap(expression -> FIELD.matcher(expression.text()).results())
                .map((MatchResult found) -> found.group(1))
                .filter(HostSchemas.labelled(type)::contains)
                .collect(Collectors.toSet());
        if (!labels.isEmpty()) {
            notes.add("its condition asks for "
                    + String.join(", ", labels.stream().sorted().toList())
                    + ", which the history does not keep: readings cannot match it");
        }
        return notes;
    }

    private static Stream<Expression> expressions(Trigger trigger) {
        Stream<Expression> parts = trigger.source() instanceof Trigger.OnSeveral several
                ? several.parts().stream().flatMap(part -> part.when().stream())
                : Stream.of();
        Stream<Expression> own =
                Stream.of(trigger.when(), trigger.clear(), trigger.by()).flatMap(expression -> expression.stream());
        return Stream.concat(own, parts);
    }
}
