package io.keepwatch.workflow.load;

import java.util.Optional;
import java.util.Set;

/** Names of the configuration that rules may use; empty where it is not known, and then they are not checked. */
public record Known(
        Optional<Set<String>> channels,
        Optional<Set<String>> webhooks,
        Optional<Set<String>> hooks,
        Optional<Set<String>> secrets) {
    /** Rules on their own. */
    public static final Known NOTHING =
            new Known(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
