package io.keepwatch.catalog;

/**
 * A number that no pack had before.
 *
 * @param epoch of the catalog that gave it
 * @param sequence grows from one to the next, over all epochs of a catalog
 */
public record PackNumber(String epoch, long sequence) {}
