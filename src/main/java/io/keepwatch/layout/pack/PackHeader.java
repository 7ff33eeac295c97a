package io.keepwatch.layout.pack;

import java.time.Instant;

/** The first line of a journal: which pack it belongs to, which host wrote it, and when the pack was begun. */
public record PackHeader(PackName pack, String host, Instant at) {}
