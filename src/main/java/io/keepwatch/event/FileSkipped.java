package io.keepwatch.event;

import io.keepwatch.file.RawPath;
import java.time.Instant;

/** A path that is not backed up although its root is watched; the reason is a sentence for a person. */
public record FileSkipped(Instant at, String root, RawPath path, String reason) implements Event {}
