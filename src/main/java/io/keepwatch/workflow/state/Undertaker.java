package io.keepwatch.workflow.state;

import io.keepwatch.workflow.type.RuleEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Buries events that cannot be judged, and forgets what is old. For the keeper's thread. */
final class Undertaker {
    private static final Logger LOG = LoggerFactory.getLogger(Undertaker.class);
    private static final int MOST_A_MINUTE = 100;
    private static final int BODY_CHARS = 64 * 1024;
    private static final Duration EVERY = Duration.ofHours(1);
    /** So many runs more than are kept make it forget at once. */
    private static final int SLACK = 1_000;

    private final StateDatabase state;
    private final AtomicBoolean pruning = new AtomicBoolean();
    private Instant pruned = Instant.MIN;
    private long minute;
    private int inMinute;
    private long count;

    Undertaker(StateDatabase state) {
        this.state = state;
    }

    /** Counts all of them, and writes down no more than a hundred a minute, so that a mad sender does not wear the disk. */
    void bury(RuleEvent event, String problem, Instant now) {
        count++;
        long thisMinute = now.getEpochSecond() / 60;
        inMinute = thisMinute == minute ? inMinute + 1 : 1;
        minute = thisMinute;
        if (inMinute > MOST_A_MINUTE) {
            return;
        }
        LOG.warn("the event {} {} from {} is not judged: {}", event.type(), event.id(), event.source(), problem);
        DeadLetter letter = new DeadLetter(now, problem, event.source(), event.id(), event.type(), body(event));
        state.bury(letter).exceptionally(e -> {
            LOG.warn("the event {} {} could not be kept as a dead letter: {}", event.type(), event.id(), e.toString());
            return null;
        });
    }

    private static String body(RuleEvent event) {
        try {
            String json = RecordJson.event(event);
            return json.length() <= BODY_CHARS ? json : json.substring(0, BODY_CHARS);
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    long count() {
        return count;
    }

    /** At the start, every hour, and when too many runs are kept. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure is told
    void prune(Instant now) {
        boolean tooMany = state.knownRuns() > Pruning.RUNS_KEPT + SLACK;
        boolean due = pruned.equals(Instant.MIN) || pruned.plus(EVERY).isBefore(now);
        if ((tooMany || due) && pruning.compareAndSet(false, true)) {
            pruned = now;
            state.prune(now).whenComplete((done, problem) -> {
                pruning.set(false);
                if (problem != null) {
                    LOG.warn("old runs could not be forgotten, tried again later: {}", problem.toString());
                }
            });
        }
    }
}
