package io.keepwatch.workflow.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Messages that are owed and outlive a crash. What a method was told is on disk when it returns. For any thread; methods
 * block.
 */
public interface Outbox {
    /** Writes a message down before it is tried first. False when one of the same id is known, which then stays as it is. */
    boolean add(Delivery delivery);

    /** Messages to be tried now, the oldest first. */
    List<Delivery> due(Instant now, int atMost);

    /** When the next message is due; empty when none is owed. */
    Optional<Instant> next();

    /** The message failed and is tried again. */
    void postpone(Delivery postponed);

    /** The target took the message. Its contents are forgotten; its id stays known for 30 days. */
    void delivered(String id, int statusCode, Instant now);

    /** The message is not tried any more. Its contents are forgotten; its id and problem stay known for 30 days. */
    void givenUp(String id, String problem, Instant now);

    /** How many messages are owed. */
    int waiting();
}
