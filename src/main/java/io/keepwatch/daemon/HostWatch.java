package io.keepwatch.daemon;

import io.keepwatch.event.Event;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.Unread;
import io.keepwatch.history.History;
import io.keepwatch.history.HistoryException;
import io.keepwatch.threshold.OpenAlert;
import io.keepwatch.threshold.ThresholdTracker;
import io.keepwatch.workflow.type.HostSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of readings: they are held against the thresholds, and recorded in the history. Works on a thread of its own,
 * in the order of the events; the database is opened there too, so that it costs the start of the daemon nothing.
 */
final class HostWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
    private static final Duration SAVE_FIRST = Duration.ofSeconds(10);
    private static final Duration SAVE_EVERY = Duration.ofMinutes(5);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Path state;
    private final ThresholdTracker tracker;
    private final ThresholdFile file;
    private final ExecutorService thread;
    private final Consumer<Event> publish;
    private final Map<String, Set<String>> failing = new HashMap<>();
    private Optional<History> history = Optional.empty();
    private Instant historyFrom = Instant.MIN;
    private Instant saveAt = Instant.MAX;
    private Duration pause = SAVE_FIRST;
    private volatile List<OpenAlert> alerts = List.of();
    private boolean loaded;

    HostWatch(Path state, ThresholdTracker tracker, ExecutorService thread, Consumer<Event> publish) {
        this.state = state;
        this.tracker = tracker;
        this.file = new ThresholdFile(state);
        this.thread = thread;
        this.publish = publish;
    }

    void take(ProbeRead read) {
        thread.execute(() -> {
            warn(read.probe(), read.unread());
            compare(read);
            record(read);
            saveNowAndThen(read.at());
        });
    }

    void take(ProbeFailed failed) {
        thread.execute(() -> warn(failed.probe(), Optional.of(new Unread(failed.problem(), Set.of()))));
    }

    /** Tells once of each part that cannot be read, however many others cannot be read all the time. */
    private void warn(String probe, Optional<Unread> unread) {
        Set<String> now = unread.map(part -> part.kinds().isEmpty() ? Set.of(probe) : part.kinds())
                .orElse(Set.of());
        Set<String> before = now.isEmpty() ? failing.remove(probe) : failing.put(probe, now);
        if (before != null && !now.containsAll(before)) {
            LOG.info("{} can be read again{}", probe, now.isEmpty() ? "" : " in part");
        }
        if (before == null || !before.containsAll(now)) {
            unread.ifPresent(part -> LOG.warn("{} cannot be read, it is tried again: {}", probe, part.why()));
        }
    }

    private void compare(ProbeRead read) {
        if (!loaded) {
            loaded = true;
            tracker.load(file.load());
            saveAt = read.at().plus(pause);
        }
        List<ThresholdCrossed> crossed = tracker.update(read);
        if (!crossed.isEmpty()) {
            // First the record, then the message: after a crash nothing is told a second time.
            file.save(tracker.save());
            crossed.forEach(publish);
        }
        alerts = tracker.open(read.at());
    }

    /** As of the last reading. Any thread. */
    List<OpenAlert> alerts() {
        return alerts;
    }

    private void record(ProbeRead read) {
        if (!HostSchemas.isInHistory(read.probe()) || read.at().isBefore(historyFrom)) {
            return;
        }
        try {
            if (history.isEmpty()) {
                history = Optional.of(History.open(state, read.at()));
            }
            history.get().record(read.at(), read.readings());
        } catch (HistoryException e) {
            giveUpHistory(read.at(), e);
        }
    }

    private void saveNowAndThen(Instant now) {
        if (now.isBefore(saveAt)) {
            return;
        }
        // At first often, so that whoever has just begun sees a time line.
        pause = pause.multipliedBy(2).compareTo(SAVE_EVERY) < 0 ? pause.multipliedBy(2) : SAVE_EVERY;
        saveAt = now.plus(pause);
        file.save(tracker.save());
        try {
            history.ifPresent(History::flush);
        } catch (HistoryException e) {
            giveUpHistory(now, e);
        }
    }

    private void giveUpHistory(Instant now, HistoryException problem) {
        LOG.warn("readings are not recorded for {} s: {}", RETRY_AFTER.toSeconds(), problem.getMessage());
        historyFrom = now.plus(RETRY_AFTER);
        Optional<History> broken = history;
        history = Optional.empty();
        try {
            broken.ifPresent(History::close);
        } catch (HistoryException e) {
            LOG.debug("the history did not close either: {}", e.getMessage());
        }
    }

    /** Saves all, after what was taken before. Blocks; call it when no more events come. */
    @Override
    public void close() {
        CompletableFuture.runAsync(this::save, thread).join();
    }

    private void save() {
        if (loaded) {
            file.save(tracker.save());
        }
        try {
            history.ifPresent(History::close);
        } catch (HistoryException e) {
            LOG.warn("the last readings are not recorded: {}", e.getMessage());
        }
        history = Optional.empty();
    }
}
