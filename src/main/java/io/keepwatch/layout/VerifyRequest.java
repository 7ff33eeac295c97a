package io.keepwatch.layout;

import java.util.Iterator;
import java.util.function.Consumer;

/**
 * What to compare the bucket with.
 *
 * @param expected every current version the catalog holds as durable, in any order; read once, on a worker thread
 * @param problem called with one sentence for each difference, one after the other
 */
public record VerifyRequest(Iterator<StoredVersion> expected, Consumer<String> problem) {}
