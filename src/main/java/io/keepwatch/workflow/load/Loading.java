package io.keepwatch.workflow.load;

import io.keepwatch.workflow.type.EventTypes;
import java.util.Set;

/**
 * What all rules of one load have in common.
 *
 * @param types those of the program and those that rules emit
 * @param own the types of the program
 * @param rules the names of all rules
 */
record Loading(EventTypes types, EventTypes own, Set<String> rules, Known known) {
    boolean isOwnType(String name) {
        return own.names().contains(name);
    }

    /** The event types that can be measured at any time. */
    Set<String> probes() {
        return own.probes();
    }
}
