/** Puts stored versions back into a directory: whole or not at all, and never outside it. */
@NullMarked
package io.keepwatch.backup.restore;

import org.jspecify.annotations.NullMarked;
