/** How versions of files become objects in a bucket, and back. */
@NullMarked
package io.keepwatch.layout;

import org.jspecify.annotations.NullMarked;
