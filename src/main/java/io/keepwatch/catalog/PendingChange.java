package io.keepwatch.catalog;

import io.keepwatch.file.FileVersion;

/**
 * A state of a path that is to be stored.
 *
 * @param version as it was observed, without a hash; a deletion has no metadata
 * @param urgent whether it goes before everything that is not
 */
public record PendingChange(FileVersion version, boolean urgent) {}
