package io.keepwatch.action.send;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one attempt.
 *
 * @param status of the answer; 0 where there was none, or where the target has no such numbers
 * @param problem empty when it arrived
 * @param notBefore how long the target wants to be left alone
 */
record Answer(Kind kind, int status, String problem, Optional<Duration> notBefore) {
    enum Kind {
        DELIVERED,
        /** It may arrive later. */
        LATER,
        /** It never will. */
        REFUSED,
        /** The target wants nothing any more. */
        GONE
    }

    static Answer delivered(int status) {
        return new Answer(Kind.DELIVERED, status, "", Optional.empty());
    }

    static Answer later(int status, String problem) {
        return new Answer(Kind.LATER, status, problem, Optional.empty());
    }

    static Answer refused(int status, String problem) {
        return new Answer(Kind.REFUSED, status, problem, Optional.empty());
    }
}
