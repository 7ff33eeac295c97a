package io.keepwatch.workflow.expr;

import io.keepwatch.workflow.type.RuleEvent;
import java.util.List;
import java.util.Optional;

/** What the functions of the rule language ask the rest of the program. Any thread; may block. */
public interface Lookup {
    /** The newest value of a state. */
    Optional<RuleEvent> state(String type, String subject);

    /** How these files differ from their last versions in the backup, as unified diff. */
    String diff(List<String> paths);

    /** The backed-up directories that lie on this disk. */
    List<String> pathsOn(String disk);

    /** Throws IllegalArgumentException where there is none of this name. */
    String secret(String name);
}
