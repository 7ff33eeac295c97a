/** The command line: one class a command; the only place that ends the process is {@code Main}. */
@NullMarked
package io.keepwatch.cli;

import org.jspecify.annotations.NullMarked;
