/** Conditions and templates: parsed and type-checked when a rule is loaded, evaluated when an event comes. */
@NullMarked
package io.keepwatch.workflow.expr;

import org.jspecify.annotations.NullMarked;
