package io.keepwatch.threshold;

import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.event.ReadingText;
import io.keepwatch.event.Severity;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Watches readings against thresholds and tells each change of state once. Knows no clock: time is an argument. One thread
 * at a time. A subject that a probe no longer reads is forgotten, and told as over where it was not good; but while a part
 * of a probe cannot be read, nothing that this part may hide is taken for gone.
 */
public final class ThresholdTracker {
    private static final Duration NEWS = Duration.ofDays(1);

    private final Map<String, List<Threshold>> byTopic;
    private final Map<String, Map<String, SubjectState>> states = new LinkedHashMap<>();
    private final Set<String> based = new LinkedHashSet<>();
    /** The label {@code kind} of subjects by their topic, as they were read last; unknown ones may be of any. */
    private final Map<String, Map<String, String>> kinds = new HashMap<>();

    public ThresholdTracker(List<Threshold> thresholds) {
        this.byTopic = thresholds.stream().collect(Collectors.groupingBy(Threshold::topic));
    }

    /** Takes up what another tracker remembered; states of thresholds that are no more are left out. */
    public void load(TrackerState saved) {
        Set<String> known = byTopic.values().stream()
                .flatMap(List::stream)
                .map(ThresholdTracker::key)
                .collect(Collectors.toSet());
        saved.based().stream().filter(known::contains).forEach(based::add);
        for (SubjectState state : saved.subjects()) {
            String key = state.topic() + "/" + state.threshold();
            if (known.contains(key)) {
                states.computeIfAbsent(key, none -> new LinkedHashMap<>()).put(state.subject(), state);
            }
        }
    }

    public TrackerState save() {
        List<SubjectState> subjects = states.values().stream()
                .flatMap(bySubject -> bySubject.values().stream())
                .toList();
        return new TrackerState(subjects, List.copyOf(based));
    }

    /** What is not good now, and what appeared within the last day; the worst first. */
    public List<OpenAlert> open(Instant now) {
        List<OpenAlert> open = new ArrayList<>();
        byTopic.values()
                .forEach(thresholds ->
                        thresholds.forEach(threshold -> states.getOrDefault(key(threshold), Map.of()).values().stream()
                                .flatMap(state -> open(threshold, state, now).stream())
                                .forEach(open::add)));
        open.sort(Comparator.comparing(OpenAlert::severity).reversed().thenComparing(OpenAlert::at));
        return open;
    }

    private static Optional<OpenAlert> open(Threshold threshold, SubjectState state, Instant now) {
        Severity severity = state.severity();
        if (threshold.condition() instanceof Appearance appearance) {
            boolean isNew = state.told()
                    .filter(told -> told.at().plus(NEWS).isAfter(now))
                    .isPresent();
            severity = isNew ? appearance.severity() : Severity.OK;
        }
        if (severity == Severity.OK) {
            return Optional.empty();
        }
        SubjectState.Told told = state.told().orElse(new SubjectState.Told(now, state.threshold()));
        return Optional.of(
                new OpenAlert(state.topic(), state.threshold(), state.subject(), severity, told.at(), told.detail()));
    }

    /** Takes what a probe has read, and returns what changed by it. */
    public List<ThresholdCrossed> update(ProbeRead read) {
        return update(read.at(), read.probe(), read.readings(), read.unread());
    }

    /** As {@link #update(ProbeRead)}, for all that a probe has to read. */
    List<ThresholdCrossed> update(Instant now, String probe, List<Reading> readings) {
        return update(now, probe, readings, Optional.empty());
    }

    private List<ThresholdCrossed> update(Instant now, String probe, List<Reading> readings, Optional<Unread> unread) {
        List<ThresholdCrossed> crossed = new ArrayList<>();
        Map<String, String> kind = kinds.computeIfAbsent(probe, none -> new HashMap<>());
        for (Reading reading : readings) {
            Optional.ofNullable(reading.labels().get("kind")).ifPresent(of -> kind.put(reading.subject(), of));
        }
        Predicate<String> hidden = subject -> unread.filter(part -> part.mayHide(kind.getOrDefault(subject, "")))
                .isPresent();
        Set<String> subjects = readings.stream().map(Reading::subject).collect(Collectors.toSet());
        for (Threshold threshold : byTopic.getOrDefault(probe, List.of())) {
            Map<String, SubjectState> known = states.computeIfAbsent(key(threshold), none -> new LinkedHashMap<>());
            List<Reading> own = readings.stream()
                    .filter(reading -> reading.name().equals(threshold.reading()))
                    .toList();
            if (threshold.condition() instanceof Appearance appearance) {
                compare(now, threshold, appearance, own, known, crossed, hidden);
            } else {
                forgetGone(now, threshold, known, subjects, crossed, hidden);
                own.forEach(reading -> update(now, threshold, reading, readings, known, crossed));
            }
        }
        kind.keySet().removeIf(subject -> !subjects.contains(subject) && !hidden.test(subject));
        return crossed;
    }

    private static void update(
            Instant now,
            Threshold threshold,
            Reading reading,
            List<Reading> all,
            Map<String, SubjectState> known,
            List<ThresholdCrossed> crossed) {
        String identity = reading.labels().getOrDefault("serial", "");
        SubjectState state = known.get(reading.subject());
        state = state == null || state.isOfAnother(identity)
                ? SubjectState.fresh(threshold, reading.subject(), identity)
                : state.identified(identity);
        Verdict verdict;
        if (threshold.condition() instanceof Levels levels) {
            verdict = Verdict.of(levels, reading, siblings(reading, all), state.severity());
        } else if (threshold.condition() instanceof Growth growth) {
            state = state.with(Window.add(state.points(), new Point(now, reading.value()), growth.within(), true));
            verdict = Verdict.of(growth, reading, state.points());
        } else if (threshold.condition() instanceof Forecast forecast) {
            state = state.with(Window.add(state.points(), new Point(now, reading.value()), forecast.window(), false));
            verdict = Verdict.of(forecast, state.points(), state.severity());
        } else {
            throw new IllegalStateException(threshold + " is compared elsewhere");
        }
        known.put(reading.subject(), decide(now, threshold, reading, state, verdict, crossed));
    }

    private static SubjectState decide(
            Instant now,
            Threshold threshold,
            Reading reading,
            SubjectState state,
            Verdict verdict,
            List<ThresholdCrossed> crossed) {
        Severity before = state.severity();
        Severity after = verdict.severity();
        if (after == before) {
            return state.settled();
        }
        if (after.compareTo(before) > 0) {
            if (threshold.onlyAfterGood() && !state.wasGood()) {
                return state;
            }
            Instant since = state.worseSince().orElse(now);
            if (Duration.between(since, now).compareTo(threshold.hold()) < 0) {
                return state.waiting(since);
            }
        }
        String detail = detail(reading, verdict);
        crossed.add(new ThresholdCrossed(now, threshold.topic(), threshold.name(), reading, before, after, detail));
        return state.told(after, now, detail);
    }

    private static String detail(Reading reading, Verdict verdict) {
        String value = reading.name()
                + (reading.subject().isEmpty() ? "" : " of " + reading.subject()) + " is "
                + ReadingText.of(reading.name(), reading.value());
        return verdict.reason().isEmpty() ? value : value + ": " + verdict.reason();
    }

    private static Map<String, Double> siblings(Reading reading, List<Reading> all) {
        Map<String, Double> siblings = new HashMap<>();
        for (Reading other : all) {
            if (other.subject().equals(reading.subject())) {
                siblings.put(other.name(), other.value());
            }
        }
        return siblings;
    }

    /** A subject without any reading is gone; one with other readings only, such as a disk that sleeps, is not. */
    private static void forgetGone(
            Instant now,
            Threshold threshold,
            Map<String, SubjectState> known,
            Set<String> subjects,
            List<ThresholdCrossed> crossed,
            Predicate<String> hidden) {
        known.values().removeIf(state -> {
            boolean gone =
                    !state.subject().isEmpty() && !subjects.contains(state.subject()) && !hidden.test(state.subject());
            if (gone && state.severity() != Severity.OK) {
                crossed.add(new ThresholdCrossed(
                        now,
                        threshold.topic(),
                        threshold.name(),
                        Reading.of(threshold.reading(), state.subject(), 0),
                        state.severity(),
                        Severity.OK,
                        state.subject() + " is no longer there"));
            }
            return gone;
        });
    }

    private void compare(
            Instant now,
            Threshold threshold,
            Appearance appearance,
            List<Reading> own,
            Map<String, SubjectState> known,
            List<ThresholdCrossed> crossed,
            Predicate<String> hidden) {
        boolean first = based.add(key(threshold));
        Set<String> present = new LinkedHashSet<>();
        for (Reading reading : own) {
            present.add(reading.subject());
            if (known.containsKey(reading.subject())) {
                continue;
            }
            SubjectState fresh = SubjectState.fresh(threshold, reading.subject(), "");
            if (!first) {
                String detail = "new: " + describe(reading);
                crossed.add(edge(now, threshold, appearance, reading, detail));
                fresh = fresh.told(Severity.OK, now, detail);
            }
            known.put(reading.subject(), fresh);
        }
        known.values().removeIf(state -> {
            boolean gone = !present.contains(state.subject()) && !hidden.test(state.subject());
            if (gone && appearance.alsoGone()) {
                Reading last = Reading.of(threshold.reading(), state.subject(), 0);
                crossed.add(edge(now, threshold, appearance, last, "gone: " + state.subject()));
            }
            return gone;
        });
    }

    private static ThresholdCrossed edge(
            Instant now, Threshold threshold, Appearance appearance, Reading reading, String detail) {
        return new ThresholdCrossed(
                now, threshold.topic(), threshold.name(), reading, Severity.OK, appearance.severity(), detail);
    }

    private static String describe(Reading reading) {
        String labels = reading.labels().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + " " + label.getValue())
                .collect(Collectors.joining(", "));
        return labels.isEmpty() ? reading.subject() : reading.subject() + " (" + labels + ")";
    }

    private static String key(Threshold threshold) {
        return threshold.topic() + "/" + threshold.name();
    }
}
