package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Surroundings without a host: for tests of rules. */
final class DryPorts implements Ports {
    private final Function<Integer, String> ids;
    private final Set<List<Object>> known = new HashSet<>();
    private int number;

    DryPorts(Function<Integer, String> ids) {
        this.ids = ids;
    }

    @Override
    public String newId(Instant now) {
        return ids.apply(++number);
    }

    @Override
    public String host() {
        return "(this host)";
    }

    @Override
    public double chance() {
        return 0.5;
    }

    @Override
    public boolean isKnown(String rule, RuleEvent event, String key, boolean resolve) {
        return !known.add(List.of(rule, event.source(), event.id(), key, resolve));
    }

    @Override
    public Optional<String> diff(String run, List<String> paths) {
        return Optional.of("(diff of " + String.join(", ", paths) + ")");
    }

    @Override
    public List<String> pathsOn(String disk) {
        return List.of("(paths on " + disk + ")");
    }

    @Override
    public String secret(String name) {
        return "(secret " + name + ")";
    }
}
