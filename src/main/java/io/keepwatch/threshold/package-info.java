/** When a value is worth an event: levels with hysteresis and hold, growth, forecast, appearance. Pure: time is an argument. */
@NullMarked
package io.keepwatch.threshold;

import org.jspecify.annotations.NullMarked;
