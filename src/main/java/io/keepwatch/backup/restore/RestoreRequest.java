package io.keepwatch.backup.restore;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to restore and how.
 *
 * @param patterns absolute paths or globs (see {@link PathGlob}), or names of roots; a directory brings all beneath it
 * @param at the time whose state is wanted; without it, the newest
 * @param target the directory that receives the files. With files of one root, its content comes directly beneath the
 *     target; with several, each root under its name. Without a target the files go back to where they were
 * @param privileged devices are restored too (needs root); a backup from elsewhere could hold harmful ones
 * @param dryRun nothing is written, and the report says what would be done
 * @param checkSpace nothing is begun when the files would not fit; sparse files count with their whole length
 */
public record RestoreRequest(
        List<String> patterns,
        Optional<Instant> at,
        Optional<TargetDirectory> target,
        OverwriteRule overwrite,
        Ownership ownership,
        boolean privileged,
        boolean dryRun,
        boolean checkSpace) {
    public RestoreRequest {
        patterns = List.copyOf(patterns);
    }

    /** The newest state of these, with the defaults: nothing is overwritten, owners by number, no devices. */
    public static RestoreRequest of(List<String> patterns) {
        return new RestoreRequest(
                patterns,
                Optional.empty(),
                Optional.empty(),
                OverwriteRule.NEVER,
                Ownership.NUMBERS,
                false,
                false,
                true);
    }

    public RestoreRequest at(Instant time) {
        return new RestoreRequest(
                patterns, Optional.of(time), target, overwrite, ownership, privileged, dryRun, checkSpace);
    }

    public RestoreRequest into(Path directory) {
        return into(TargetDirectory.named(directory));
    }

    public RestoreRequest into(TargetDirectory directory) {
        return new RestoreRequest(
                patterns, at, Optional.of(directory), overwrite, ownership, privileged, dryRun, checkSpace);
    }

    public RestoreRequest overwriting(OverwriteRule rule) {
        return new RestoreRequest(patterns, at, target, rule, ownership, privileged, dryRun, checkSpace);
    }

    public RestoreRequest owning(Ownership rule) {
        return new RestoreRequest(patterns, at, target, overwrite, rule, privileged, dryRun, checkSpace);
    }

    public RestoreRequest withDevices() {
        return new RestoreRequest(patterns, at, target, overwrite, ownership, true, dryRun, checkSpace);
    }

    public RestoreRequest asDryRun() {
        return new RestoreRequest(patterns, at, target, overwrite, ownership, privileged, true, checkSpace);
    }

    public RestoreRequest withoutSpaceCheck() {
        return new RestoreRequest(patterns, at, target, overwrite, ownership, privileged, dryRun, false);
    }
}
