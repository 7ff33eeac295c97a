package io.keepwatch.layout;

import io.keepwatch.file.FileVersion;

/** A version that is durable in the bucket, and where. */
public record StoredVersion(FileVersion version, Location location) {}
