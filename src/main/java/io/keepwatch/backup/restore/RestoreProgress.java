package io.keepwatch.backup.restore;

/** How far a restore is: entries and content bytes that are done (restored or not), of how many. */
public record RestoreProgress(long entries, long bytes, long totalEntries, long totalBytes) {}
