/** The Vert.x event bus, typed: events travel by reference, and a subscriber gets the record it asked for. */
@NullMarked
package io.keepwatch.bus;

import org.jspecify.annotations.NullMarked;
