package io.keepwatch.source;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import java.util.OptionalLong;

/**
 * A directory that a comparison may enter.
 *
 * @param stat as its parent's listing showed it; another inode under this path later is another directory
 * @param knownDevice the device it is on record with
 * @param onRecord whether it is on record at all; a new one is compared with everything beneath it
 */
record DirectoryVisit(RawPath path, FileStat stat, OptionalLong knownDevice, boolean onRecord) {}
