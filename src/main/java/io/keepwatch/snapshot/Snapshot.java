package io.keepwatch.snapshot;

import java.nio.file.Path;

/**
 * A snapshot that is to be made, is there, or was left behind: all that is needed to remove it.
 *
 * @param kind the name of the {@link SnapshotKind} that made it
 * @param name as the file system calls it
 * @param origin what it is a snapshot of, in the words of its kind
 * @param type of its file system
 * @param top the directory that {@code place} shows as it was
 * @param place where it can be read
 */
record Snapshot(String kind, String name, String origin, String type, Path top, Path place) {}
