package io.keepwatch.event;

import io.keepwatch.file.RawPath;
import java.time.Instant;

/** Something happened at this path; only a stat tells what. A hint: it may be late, doubled or wrong. */
public record FileChanged(Instant at, String root, RawPath path) implements Event {}
