/** Calls of others, checked before anybody believes them. */
@NullMarked
package io.keepwatch.action.hook;

import org.jspecify.annotations.NullMarked;
