package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Ports;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The engine's surroundings in the daemon. For one thread. */
final class KeeperPorts implements Ports {
    private final StateDatabase state;
    private final Surroundings surroundings;
    private final Random random;
    private final List<Asked> asked = new ArrayList<>();

    KeeperPorts(StateDatabase state, Surroundings surroundings, Random random) {
        this.state = state;
        this.surroundings = surroundings;
        this.random = random;
    }

    /** A run waits for the difference of these files. */
    record Asked(String run, List<String> paths) {
        Asked {
            paths = List.copyOf(paths);
        }
    }

    /** What was asked since this was called last. */
    List<Asked> takeAsked() {
        List<Asked> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    @Override
    public String newId(Instant now) {
        return TimedId.of(now, random);
    }

    @Override
    public String host() {
        return surroundings.host();
    }

    @Override
    public double chance() {
        return random.nextDouble();
    }

    @Override
    public boolean isKnown(String rule, RuleEvent event, String key, boolean resolve) {
        return state.isKnown(new RunIdentity(rule, event.source(), event.id(), key, resolve));
    }

    @Override
    public Optional<String> diff(String run, List<String> paths) {
        asked.add(new Asked(run, paths));
        return Optional.empty();
    }

    @Override
    public List<String> pathsOn(String disk) {
        return surroundings.pathsOn(disk);
    }

    @Override
    public String secret(String name) {
        return surroundings.secret(name);
    }
}
