/** Quantities with their units: sizes, shares and durations that cannot be confused with bare numbers. */
@NullMarked
package io.keepwatch.unit;

import org.jspecify.annotations.NullMarked;
