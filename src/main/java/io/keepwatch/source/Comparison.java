package io.keepwatch.source;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Compares single paths of one root with what is on record. Thread-safe; blocks. */
record Comparison(
        Path root,
        FileStat rootStat,
        PathFilter filter,
        KnownFiles files,
        ReconcileReport report,
        ReconcileProgress progress,
        InstantSource clock) {

    /**
     * Compares a path whose parent was compared before. Returns it when it is a directory to enter. What is excluded
     * stays on record as it is: to stop backing up deletes nothing.
     *
     * @throws NoSuchFileException when the path is not there
     */
    Optional<DirectoryVisit> compare(
            RawPath path, DirectoryVisit parent, Optional<KnownFile> known, Consumer<ObservedFile> found)
            throws NoSuchFileException {
        Instant observed = clock.instant();
        Optional<FileStat> present = stat(path);
        if (present.isEmpty()) {
            return Optional.empty();
        }
        FileStat stat = present.get();
        Verdict verdict = filter.judge(path, stat);
        if (verdict != Verdict.INCLUDED && !verdict.isTold()) {
            return Optional.empty();
        }
        boolean isDirectory = stat.type() == FileType.DIRECTORY;
        if (known.isPresent() && isDirectory && lostItsFileSystem(path, stat, parent, known.get())) {
            report.problem(path, "it is empty and was a mount point before: is its file system mounted?");
            return Optional.empty();
        }
        Optional<KnownFile> same = known.filter(
                file -> verdict != Verdict.SOCKET && isDirectory == (file.stat().type() == FileType.DIRECTORY));
        if (known.isPresent() && same.isEmpty()) {
            report.replaced(path, known.get().stat().type() == FileType.DIRECTORY);
        }
        if (verdict != Verdict.INCLUDED) {
            report.skipped(path, filter.reason(verdict, stat));
            return Optional.empty();
        }
        report.files.incrementAndGet();
        if (same.isEmpty() || same.get().differsFrom(stat)) {
            found.accept(new ObservedFile(path, stat, observed));
        }
        return isDirectory && filter.entersDevice(stat.device(), rootStat.device())
                ? Optional.of(new DirectoryVisit(path, stat, device(same), isOnRecord(same, stat)))
                : Optional.empty();
    }

    private Optional<FileStat> stat(RawPath path) throws NoSuchFileException {
        try {
            return Optional.of(StatReader.lstat(path.under(root)));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            report.problem(path, ProblemText.of(e));
            return Optional.empty();
        }
    }

    /**
     * Device numbers may change with each start of the host, so they are compared with the parent's: it was another file
     * system than its parent, it is the parent's now, and it is empty.
     */
    private boolean lostItsFileSystem(RawPath path, FileStat stat, DirectoryVisit parent, KnownFile known) {
        boolean wasMountPoint = known.stat().type() == FileType.DIRECTORY
                && parent.knownDevice().isPresent()
                && parent.knownDevice().getAsLong() != known.stat().device();
        if (!wasMountPoint || stat.device() != parent.stat().device()) {
            return false;
        }
        try {
            return RootState.isEmpty(path.under(root)) && !files.children(path).isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /** Another directory of the same name has other children, which nobody told of if it was moved here. */
    private static boolean isOnRecord(Optional<KnownFile> known, FileStat stat) {
        return known.filter(file -> file.stat().inode() == stat.inode()).isPresent();
    }

    private static OptionalLong device(Optional<KnownFile> known) {
        return known.map(file -> OptionalLong.of(file.stat().device())).orElse(OptionalLong.empty());
    }
}
