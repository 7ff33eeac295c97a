/** What a rule is, once it is read and checked: immutable records without positions or text to parse. */
@NullMarked
package io.keepwatch.workflow.rule;

import org.jspecify.annotations.NullMarked;
