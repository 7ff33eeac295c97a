/** What rules remember: one SQLite file, {@code state.db}. */
@NullMarked
package io.keepwatch.workflow.state;

import org.jspecify.annotations.NullMarked;
