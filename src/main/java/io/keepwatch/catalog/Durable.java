package io.keepwatch.catalog;

import java.time.Instant;

/**
 * An upload that the store acknowledged.
 *
 * @param id of the uploading row
 * @param location where the layout put it, in the layout's own words
 * @param at when the store acknowledged it
 */
public record Durable(long id, String location, Instant at) {}
