package io.keepwatch.catalog;

import io.keepwatch.file.RawPath;
import java.time.Instant;

/** That a path was seen to be new, different or gone. */
public record ObservedChange(Instant at, String root, RawPath path) {}
