package io.keepwatch.workflow.rule;

import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.type.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What makes a rule run.
 *
 * @param type what {@code event} is in conditions and steps
 * @param when empty when every event counts
 * @param clear ends a state; empty when that is the opposite of {@code when}
 * @param hold how long a state must last before it fires ({@code for})
 * @param keepFiring how long a state goes on firing after it ended
 * @param by the key, one state machine and one queue for each value
 */
public record Trigger(
        Source source,
        EventType type,
        Optional<Expression> when,
        Optional<Expression> clear,
        Duration hold,
        Duration keepFiring,
        Optional<Expression> by,
        Optional<Duration> debounce,
        Optional<Throttle> throttle) {
    /** Where the events come from. */
    public sealed interface Source {}

    /** Each matching event counts. */
    public record OnEvent(String type) implements Source {}

    /** The newest value counts, as long as it holds. */
    public record OnState(String type) implements Source {}

    /** Files that match a pattern changed. */
    public record OnFile(List<String> patterns) implements Source {
        public OnFile {
            patterns = List.copyOf(patterns);
        }
    }

    /** Times of a calendar. */
    public record OnCron(Cron cron, Missed missed) implements Source {}

    /** Again and again, at this distance. */
    public record OnEvery(Duration every) implements Source {}

    /** An event did not come for this long. */
    public record OnAbsent(String type, Duration within) implements Source {}

    /** Somebody called {@code /hooks/<name>}. */
    public record OnWebhook(String name) implements Source {}

    /** Several events within a time: each of the parts, or any one of them. */
    public record OnSeveral(boolean all, List<Part> parts, Duration within) implements Source {
        public OnSeveral {
            parts = List.copyOf(parts);
        }
    }

    /** One of several events. */
    public record Part(String type, Optional<Expression> when) {}

    /** What becomes of times of a calendar that passed while the daemon was down. */
    public enum Missed {
        SKIP,
        ONCE,
        ALL
    }

    /** The names of the events that this trigger looks at; empty for schedules. */
    public List<String> types() {
        if (source instanceof OnEvent event) {
            return List.of(event.type());
        } else if (source instanceof OnState state) {
            return List.of(state.type());
        } else if (source instanceof OnFile) {
            return List.of("file.changed");
        } else if (source instanceof OnAbsent absent) {
            return List.of(absent.type());
        } else if (source instanceof OnWebhook webhook) {
            return List.of("webhook." + webhook.name());
        } else if (source instanceof OnSeveral several) {
            return several.parts().stream().map(Part::type).distinct().toList();
        }
        return List.of();
    }
}
