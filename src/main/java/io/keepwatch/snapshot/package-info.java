/** File systems as they were at one moment: snapshots of btrfs, ZFS and LVM, made for one backup and removed after it. */
@NullMarked
package io.keepwatch.snapshot;

import org.jspecify.annotations.NullMarked;
