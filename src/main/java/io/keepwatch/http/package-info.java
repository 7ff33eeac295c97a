/** What the daemon answers over HTTP: one class a route group, all on read-only views. */
@NullMarked
package io.keepwatch.http;

import org.jspecify.annotations.NullMarked;
