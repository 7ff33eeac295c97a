package io.keepwatch.catalog;

/**
 * What retention removes.
 *
 * @param bytes the sizes of those versions' contents; less may become free, since versions share contents
 * @param endedPaths deleted files of which no content is left then
 * @param paths files of which there was some content before
 */
public record ExpiryCounts(long versions, long bytes, long endedPaths, long paths) {}
