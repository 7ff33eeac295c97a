package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one trigger remembers of one key.
 *
 * @param since when the phase began
 * @param last the newest event of this key, which is {@code previous} for the next
 * @param waiting the event that a debounce or a throttle holds back, or by which a state ends that is over
 * @param due when the waiting event, an absence, a schedule or the end of a state is due
 * @param quietUntil until when a throttle lets nothing through
 * @param parts events of {@code all} that came so far, by the number of their part
 */
public record KeyState(
        Phase phase,
        Instant since,
        Optional<RuleEvent> last,
        Optional<Waiting> waiting,
        Optional<Instant> due,
        Optional<Instant> quietUntil,
        Map<Integer, RuleEvent> parts) {
    public KeyState {
        parts = Map.copyOf(parts);
    }

    /** @param previous the event before; of several that were joined, before the first of them */
    public record Waiting(RuleEvent event, Optional<RuleEvent> previous) {}

    /** Where a state stands. */
    public enum Phase {
        INACTIVE,
        /** It holds, but not long enough yet. */
        PENDING,
        FIRING,
        /** It is over, but not long enough yet. */
        ENDING
    }

    static KeyState begin(Instant now) {
        return new KeyState(
                Phase.INACTIVE, now, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    KeyState in(Phase next, Instant now) {
        return new KeyState(next, now, last, waiting, due, quietUntil, parts);
    }

    KeyState lastly(RuleEvent event) {
        return new KeyState(phase, since, Optional.of(event), waiting, due, quietUntil, parts);
    }

    /** What waits and is not over. */
    Optional<Waiting> held() {
        return due.isPresent() ? waiting : Optional.empty();
    }

    KeyState holding(Optional<Waiting> event, Optional<Instant> when) {
        return new KeyState(phase, since, last, event, when, quietUntil, parts);
    }

    KeyState dueAt(Optional<Instant> when) {
        return holding(waiting, when);
    }

    KeyState quiet(Instant until) {
        return new KeyState(phase, since, last, waiting, due, Optional.of(until), parts);
    }

    KeyState with(Map<Integer, RuleEvent> more) {
        return new KeyState(phase, since, last, waiting, due, quietUntil, more);
    }
}
