package io.keepwatch.catalog;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small versions to test with: times are seconds after one instant. */
final class Samples {
    static final String ROOT = "photos";
    static final Instant START = Instant.parse("2026-03-01T12:00:00.000000001Z");

    private Samples() {}

    static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    static FileStat stat(FileType type, long size, long changedSecond, long inode, int links) {
        Instant changed = at(changedSecond);
        return new FileStat(type, size, changed, changed, 64, inode, links, 0644, 1000, 100, 0);
    }

    static FileMeta meta(FileStat stat) {
        return new FileMeta(
                stat, Optional.of("ann"), Optional.of("users"), Optional.empty(), List.of(), Optional.empty());
    }

    static FileVersion file(String path, long size, long observedSecond) {
        return version(path, stat(FileType.REGULAR, size, observedSecond - 10, path.hashCode(), 1), observedSecond);
    }

    static FileVersion directory(String path, long observedSecond) {
        return version(path, stat(FileType.DIRECTORY, 4096, observedSecond - 10, path.hashCode(), 2), observedSecond);
    }

    static FileVersion version(String path, FileStat stat, long observedSecond) {
        return new FileVersion(
                ROOT, RawPath.of(path), at(observedSecond), Optional.of(meta(stat)), Optional.empty(), false);
    }

    static FileVersion deletion(String path, long observedSecond) {
        return FileVersion.deleted(ROOT, RawPath.of(path), at(observedSecond));
    }

    static FileVersion hashed(FileVersion version, String content) {
        return new FileVersion(
                version.root(),
                version.path(),
                version.observed(),
                version.meta(),
                Optional.of(Sha256.hash(content.getBytes(StandardCharsets.UTF_8))),
                false);
    }

    static PendingChange change(FileVersion version) {
        return new PendingChange(version, false);
    }
}
