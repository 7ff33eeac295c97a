/** Rules in virtual time: the tests beside them, without a host, a clock or a single action. */
@NullMarked
package io.keepwatch.workflow.trial;

import org.jspecify.annotations.NullMarked;
