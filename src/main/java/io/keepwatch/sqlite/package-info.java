/** Copies SQLite databases that other programs use, whole and at one moment. Knows nothing of the catalog. */
@NullMarked
package io.keepwatch.sqlite;

import org.jspecify.annotations.NullMarked;
