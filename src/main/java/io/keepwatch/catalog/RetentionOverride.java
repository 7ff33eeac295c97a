package io.keepwatch.catalog;

import io.keepwatch.file.RawPath;
import java.util.function.BiPredicate;

/**
 * Paths with a retention of their own.
 *
 * @param paths is asked with the name of the root and the path in it; it answers quickly
 */
public record RetentionOverride(BiPredicate<String, RawPath> paths, Retention retention) {}
