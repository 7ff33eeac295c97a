/** The vocabulary: every event the parts of Keepwatch tell each other, and the topics they travel on. */
@NullMarked
package io.keepwatch.event;

import org.jspecify.annotations.NullMarked;
