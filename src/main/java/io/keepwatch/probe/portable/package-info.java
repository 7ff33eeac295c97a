/** Probes of macOS and FreeBSD: what OSHI can tell. Linux has its own. */
@NullMarked
package io.keepwatch.probe.portable;

import org.jspecify.annotations.NullMarked;
