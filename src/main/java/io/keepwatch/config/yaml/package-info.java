/** Reads a YAML file strictly: every mistake is found in one pass and shown with its line, its column and what to write. */
@NullMarked
package io.keepwatch.config.yaml;

import org.jspecify.annotations.NullMarked;
