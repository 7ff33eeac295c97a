package io.keepwatch.http;

import java.util.Optional;

/** Knows what a failure behind a route means to whoever asked, and what to do about it. Any thread. */
@FunctionalInterface
public interface Failures {
    /** Knows none. */
    Failures NONE = failure -> Optional.empty();

    /** Empty for what is a mistake of the program. */
    Optional<RefusedException> told(Throwable failure);
}
