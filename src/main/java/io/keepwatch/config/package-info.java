/** One YAML file into records; all mistakes are reported at once, with file, line and column. */
@NullMarked
package io.keepwatch.config;

import org.jspecify.annotations.NullMarked;
