/** The composition root: builds the parts, connects them by thin verticles, starts and stops them. */
@NullMarked
package io.keepwatch.daemon;

import org.jspecify.annotations.NullMarked;
