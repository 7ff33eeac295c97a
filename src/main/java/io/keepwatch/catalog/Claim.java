package io.keepwatch.catalog;

import io.keepwatch.file.FileVersion;

/**
 * A pending row that an upload begins for.
 *
 * @param id of the row, as {@link CatalogReader#claimable} gave it
 * @param version the metadata and hash that were really read
 */
public record Claim(long id, FileVersion version) {}
