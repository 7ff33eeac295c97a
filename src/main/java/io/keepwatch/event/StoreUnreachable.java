package io.keepwatch.event;

import java.time.Instant;

/** The store refuses or does not answer; changes are kept and tried again. personMustAct tells a wrong setting from an outage. */
public record StoreUnreachable(Instant at, String problem, boolean personMustAct) implements Event {}
