/** Readings on a time line in SQLite: raw for two days, then minimum, mean and maximum over longer and longer steps. */
@NullMarked
package io.keepwatch.history;

import org.jspecify.annotations.NullMarked;
