/** SQLite files of our own: connections, numbered migrations, one writer that commits in groups, many readers. */
@NullMarked
package io.keepwatch.sqlite.own;

import org.jspecify.annotations.NullMarked;
