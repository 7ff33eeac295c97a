package io.keepwatch.workflow.expr;

import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What functions find in tests. */
final class FixedLookup implements Lookup {
    @Override
    public Optional<RuleEvent> state(String type, String subject) {
        return Optional.of(RuleEvent.of("1", "/host/a", type, subject, Instant.EPOCH, Map.of("used_percent", 50.0)));
    }

    @Override
    public String diff(List<String> paths) {
        return "diff of " + paths;
    }

    @Override
    public List<String> pathsOn(String disk) {
        return List.of("/srv");
    }

    @Override
    public String secret(String name) {
        return "s3cret";
    }
}
