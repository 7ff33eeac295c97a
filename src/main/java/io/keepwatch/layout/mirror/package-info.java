/** The layout with one object a file: what rclone can restore, with the metadata a new catalog is made from. */
@NullMarked
package io.keepwatch.layout.mirror;

import org.jspecify.annotations.NullMarked;
