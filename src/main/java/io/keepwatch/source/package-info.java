/** Turns watched directories into events: notifications of the kernel, settled changes, and what a comparison by stat finds. */
@NullMarked
package io.keepwatch.source;

import org.jspecify.annotations.NullMarked;
