package io.keepwatch.cli;

import io.keepwatch.config.Config;
import io.keepwatch.daemon.PastFileChanges;
import io.keepwatch.history.HistoryReader;
import io.keepwatch.workflow.state.StateReader;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is kept of a time that is over, as events in the order of their times: those that made rules run, from the state,
 * changes of files, from the catalog, and readings, from the history. Blocks; for one thread, and once.
 */
final class PastEvents {
    private static final Duration WINDOW = Duration.ofHours(6);
    private static final int MOST_STORED = 100_000;
    private static final int MOST_CHANGES = 200_000;
    private static final String FILES = "file.changed";
    private static final int MINUTE = 60;

    private final Map<String, Integer> byType = new HashMap<>();
    private final Map<Topic, Set<Long>> stored = new HashMap<>();
    private final Deque<RuleEvent> waiting = new ArrayDeque<>();
    private final Consumer<RuleEvent> listener;
    private final Set<String> made = new HashSet<>();
    private long numbers;
    private Span events = Span.NONE;
    private Span files = Span.NONE;
    private Span readings = Span.NONE;
    private Optional<Instant> rawSince = Optional.empty();

    /** @param listener gets each event */
    PastEvents(Consumer<RuleEvent> listener) {
        this.listener = listener;
    }

    private record Topic(String type, String subject) {}

    /** How many events there were, and the times of the first and the last. */
    record Span(int count, Optional<Instant> first, Optional<Instant> last) {
        private static final Span NONE = new Span(0, Optional.empty(), Optional.empty());

        private Span and(Instant time) {
            return new Span(count + 1, first.or(() -> Optional.of(time)), Optional.of(time));
        }
    }

    /**
     * What there was.
     *
     * @param events that made some rule run
     * @param files changes of files beside them
     * @param readings events made of readings of the history
     * @param rawSince from when on readings are as they were read; empty where there are none
     * @param byType how many of each type, of all three
     */
    record Told(Span events, Span files, Span readings, Optional<Instant> rawSince, Map<String, Integer> byType) {
        Told {
            byType = Map.copyOf(byType);
        }
    }

    /** Throws CommandFailure where nothing at all is kept. Whoever has no rule on files spares the look into the catalog. */
    Told tell(Config config, boolean withFiles, Instant from, Instant to) {
        Path state = config.state();
        boolean hasHistory = HistoryReader.isThere(state);
        if (!StateReader.isThere(state) && !hasHistory) {
            throw new CommandFailure(
                    ExitCode.PROBLEM,
                    "neither events nor readings are kept in " + state
                            + ": the daemon writes both, start it with `keepwatch run`");
        }
        if (StateReader.isThere(state)) {
            load(state, from, to);
        }
        if (withFiles) {
            loadChanges(config, from, to);
        }
        if (hasHistory) {
            try (HistoryReader history = HistoryReader.open(state)) {
                tell(new PastReadings(history, config.host(), this::nextId), from, to);
            }
        }
        tellStored(to);
        return new Told(events, files, readings, rawSince, byType);
    }

    private void load(Path state, Instant from, Instant to) {
        try (StateReader reader = StateReader.open(state)) {
            reader.events(from, MOST_STORED).stream()
                    .filter(event -> happenedOutside(event)
                            && !event.time().isBefore(from)
                            && event.time().isBefore(to))
                    .sorted(Comparator.comparing(RuleEvent::time))
                    .forEach(waiting::add);
        }
        waiting.forEach(event -> stored.computeIfAbsent(topic(event), topic -> new HashSet<>())
                .add(event.time().getEpochSecond()));
    }

    /** A stored event says more of the same change, but only of the paths that some rule asked for. */
    private void loadChanges(Config config, Instant from, Instant to) {
        TreeMap<Instant, Set<Object>> known = new TreeMap<>();
        waiting.stream()
                .filter(event -> event.type().equals(FILES))
                .forEach(event -> known.computeIfAbsent(event.time(), time -> new HashSet<>())
                        .addAll(paths(event)));
        List<RuleEvent> all = new ArrayList<>(waiting);
        for (RuleEvent change : new PastFileChanges(config, this::nextId).between(from, to, MOST_CHANGES)) {
            List<Object> paths = new ArrayList<>(paths(change));
            known.subMap(change.time().minusSeconds(1), change.time().plusSeconds(MINUTE))
                    .values()
                    .forEach(paths::removeAll);
            if (!paths.isEmpty()) {
                made.add(change.id());
                all.add(with(paths, change));
            }
        }
        all.sort(Comparator.comparing(RuleEvent::time));
        waiting.clear();
        waiting.addAll(all);
    }

    private static List<?> paths(RuleEvent event) {
        return event.data().get("paths") instanceof List<?> paths ? paths : List.of();
    }

    private static RuleEvent with(List<Object> paths, RuleEvent change) {
        Map<String, Object> data = new LinkedHashMap<>(change.data());
        data.put("paths", List.copyOf(paths));
        data.put("count", (long) paths.size());
        return change.with(data);
    }

    /** What follows from runs and from time comes anew in a simulation, and a replay is the same event a second time. */
    private static boolean happenedOutside(RuleEvent event) {
        boolean madeByEngine = EventSource.isTime(event)
                || (EventSource.producer(event.source()).equals(EventSource.RULES)
                        && !event.type().equals("rules.rejected"));
        return !madeByEngine && event.causation().isEmpty();
    }

    private void tell(PastReadings past, Instant from, Instant to) {
        rawSince = past.rawSince();
        for (Instant start = from; start.isBefore(to); start = start.plus(WINDOW)) {
            Instant end = start.plus(WINDOW).isBefore(to) ? start.plus(WINDOW) : to;
            List<RuleEvent> window = past.between(start, end);
            for (RuleEvent event : window) {
                if (!isStored(event)) {
                    tellStored(event.time());
                    readings = readings.and(event.time());
                    tell(event);
                }
            }
        }
    }

    /** A stored event says more than the readings that it was made of. */
    private boolean isStored(RuleEvent reading) {
        Set<Long> seconds = stored.getOrDefault(topic(reading), Set.of());
        long second = reading.time().getEpochSecond();
        boolean mean = rawSince.filter(since -> !reading.time().isBefore(since)).isEmpty();
        return seconds.contains(second)
                || (mean && seconds.stream().anyMatch(other -> other >= second && other < second + MINUTE));
    }

    private void tellStored(Instant until) {
        while (!waiting.isEmpty() && !waiting.getFirst().time().isAfter(until)) {
            RuleEvent event = waiting.removeFirst();
            if (made.contains(event.id())) {
                files = files.and(event.time());
            } else {
                events = events.and(event.time());
            }
            tell(event);
        }
    }

    private void tell(RuleEvent event) {
        byType.merge(event.type(), 1, Integer::sum);
        listener.accept(event);
    }

    private String nextId() {
        numbers++;
        return "past-" + numbers;
    }

    private static Topic topic(RuleEvent event) {
        return new Topic(event.type(), event.subject());
    }
}
