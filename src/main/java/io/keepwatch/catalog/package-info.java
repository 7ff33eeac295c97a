/** The SQLite record of what exists and what is stored: versions of every path, one writer, many readers. */
@NullMarked
package io.keepwatch.catalog;

import org.jspecify.annotations.NullMarked;
