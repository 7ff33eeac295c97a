package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the engine asks of its surroundings. All of it answers at once. */
public interface Ports {
    /** A new id that sorts by time. */
    String newId(Instant now);

    /** The name of this machine in the configuration. */
    String host();

    /** From 0 to 1, to spread retries. */
    double chance();

    /** Whether this run was accepted before, so that the same event never starts it twice. */
    boolean isKnown(String rule, RuleEvent event, String key, boolean resolve);

    /**
     * How files differ from their last versions in the backup, for a run. Empty where it takes time to find out; then {@link
     * Engine#lookedUp} tells it.
     */
    Optional<String> diff(String run, List<String> paths);

    List<String> pathsOn(String disk);

    String secret(String name);

    /** For tests and trials: nothing is known before, and whatever is looked up has a text that says so. */
    static Ports dry(Function<Integer, String> ids) {
        return new DryPorts(ids);
    }
}
