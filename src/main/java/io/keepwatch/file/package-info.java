/** One file as the kernel shows it: its raw path, its metadata, its versions, and safe access to it beneath a root. */
@NullMarked
package io.keepwatch.file;

import org.jspecify.annotations.NullMarked;
