package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Ports;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The engine's surroundings in the daemon. */
final class KeeperPorts implements Ports {
    private final StateDatabase state;
    private final Surroundings surroundings;
    private final Random random;

    KeeperPorts(StateDatabase state, Surroundings surroundings, Random random) {
        this.state = state;
        this.surroundings = surroundings;
        this.random = random;
    }

    @Override
    public String newId(Instant now) {
        return TimedId.of(now, random);
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
    public String diff(List<String> paths) {
        return surroundings.diff(paths);
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
