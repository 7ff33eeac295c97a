/** The events that rules can speak of: their types, the fields of each, and the envelope they travel in. */
@NullMarked
package io.keepwatch.workflow.type;

import org.jspecify.annotations.NullMarked;
