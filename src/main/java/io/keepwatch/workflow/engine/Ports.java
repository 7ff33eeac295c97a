package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What the engine asks of its surroundings. All of it answers at once, except for what templates look up. */
public interface Ports {
    /** A new id that sorts by time. */
    String newId(Instant now);

    /** From 0 to 1, to spread retries. */
    double chance();

    /** Whether this run was accepted before, so that the same event never starts it twice. */
    boolean isKnown(String rule, RuleEvent event, String key, boolean resolve);

    String diff(List<String> paths);

    List<String> pathsOn(String disk);

    String secret(String name);

    /** For tests and trials: nothing is known before, and whatever is looked up has a text that says so. */
    static Ports dry(Function<Integer, String> ids) {
        return new DryPorts(ids);
    }
}
