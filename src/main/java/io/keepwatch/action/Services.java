package io.keepwatch.action;

/** What the rest of the program does for steps. */
public record Services(Backups backups, Restores restores, Measurements measurements, Snapshots snapshots) {}
