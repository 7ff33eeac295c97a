/** The probes of Linux: each reads /proc, /sys or one tool, below roots that a folder can stand in for. */
@NullMarked
package io.keepwatch.probe.linux;

import org.jspecify.annotations.NullMarked;
