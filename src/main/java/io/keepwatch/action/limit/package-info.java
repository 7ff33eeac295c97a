/** How much happens at once. */
@NullMarked
package io.keepwatch.action.limit;

import org.jspecify.annotations.NullMarked;
