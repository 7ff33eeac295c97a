/** What to upload, restore, verify and rebuild: the catalog on one side, the layout on the other. */
@NullMarked
package io.keepwatch.backup;

import org.jspecify.annotations.NullMarked;
