/** Decides when rules run and what their steps do next. Pure: time, values and results come in as arguments. */
@NullMarked
package io.keepwatch.workflow.engine;

import org.jspecify.annotations.NullMarked;
