/** One probe reads one aspect of the host. {@link io.keepwatch.probe.Probes} lists them; the runner gives each its time. */
@NullMarked
package io.keepwatch.probe;

import org.jspecify.annotations.NullMarked;
