/** What travels between this machine and others: events as JSON, and signatures. */
@NullMarked
package io.keepwatch.action.wire;

import org.jspecify.annotations.NullMarked;
