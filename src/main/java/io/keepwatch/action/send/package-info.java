/** Messages to services and people: what they look like, and how they arrive in spite of crashes and outages. */
@NullMarked
package io.keepwatch.action.send;

import org.jspecify.annotations.NullMarked;
