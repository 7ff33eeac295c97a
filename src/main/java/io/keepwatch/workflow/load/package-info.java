/** Reads rule files: every mistake at once, each with its place, and rules whose expressions are checked. */
@NullMarked
package io.keepwatch.workflow.load;

import org.jspecify.annotations.NullMarked;
