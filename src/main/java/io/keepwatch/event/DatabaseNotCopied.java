package io.keepwatch.event;

import io.keepwatch.file.RawPath;
import java.time.Instant;

/** SQLite could not copy a database, so its bytes are stored as they are read; the reason is a sentence for a person. */
public record DatabaseNotCopied(Instant at, String root, RawPath path, String reason) implements Event {}
