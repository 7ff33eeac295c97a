package io.keepwatch.event;

import java.time.Instant;

/** The kernel does not tell of every change beneath this root; periodic reconcile finds them instead. The remedy names the setting. */
public record WatchDegraded(Instant at, String root, String problem, String remedy) implements Event {}
