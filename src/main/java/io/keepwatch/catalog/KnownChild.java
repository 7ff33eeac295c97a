package io.keepwatch.catalog;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileStat;

/**
 * What the catalog knows of one entry of a directory.
 *
 * @param name the raw bytes of its name, without the directory
 * @param racy whether the stat was taken so soon after the change that a second change could hide behind equal times;
 *     such an entry is read again even where its stat is the same
 */
public record KnownChild(Bytes name, FileStat stat, boolean racy) {}
