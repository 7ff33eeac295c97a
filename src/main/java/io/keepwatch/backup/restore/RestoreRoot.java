package io.keepwatch.backup.restore;

import java.nio.file.Path;

/** A root that is backed up: its name on this host, and its absolute path there. */
public record RestoreRoot(String name, Path path) {}
