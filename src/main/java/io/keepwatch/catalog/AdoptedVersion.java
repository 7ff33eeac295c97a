package io.keepwatch.catalog;

import io.keepwatch.file.FileVersion;

/** A version that was found in the bucket, and where, in the layout's own words. */
public record AdoptedVersion(FileVersion version, String location) {}
