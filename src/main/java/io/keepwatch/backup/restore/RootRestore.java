package io.keepwatch.backup.restore;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoredVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Restores what is selected of one root into a target: directories as they come, files in parallel, hard links when their
 * files are in place. At most {@code parallel} files are under way, so the catalog is read no faster than files are written.
 */
final class RootRestore {
    private final SelectedVersions selected;
    private final TargetTree tree;
    private final DirectoryRestore directories;
    private final VersionRestore files;
    private final Tally tally;
    private final DiskGuard disk;
    private final Executor executor;
    private final int parallel;
    private final Semaphore slots;
    private final List<StoredVersion> links = new ArrayList<>();
    private final Map<RawPath, Leader> leaders = new ConcurrentHashMap<>();

    RootRestore(
            SelectedVersions selected,
            TargetTree tree,
            DirectoryRestore directories,
            VersionRestore files,
            Tally tally,
            DiskGuard disk,
            Executor executor,
            int parallel) {
        this.selected = selected;
        this.tree = tree;
        this.directories = directories;
        this.files = files;
        this.tally = tally;
        this.disk = disk;
        this.executor = executor;
        this.parallel = parallel;
        this.slots = new Semaphore(parallel);
    }

    /** A file that has more names, as it is in the target. */
    private record Leader(RawPath path, FileStat stat, Optional<Sha256> hash) {}

    /** Blocks until all is done; must not run on a thread of the executor. */
    void run(boolean checkSpace, Warnings warnings) throws IOException {
        if (checkSpace) {
            spaceMissing().ifPresent(tally::stop);
        }
        try {
            selected.forEach(this::begin, directories::remember);
            awaitAll();
            restoreFirstNames();
            awaitAll();
            restoreOtherNames();
        } finally {
            // Also when the catalog ends in the middle: what is there gets its metadata.
            awaitAll();
            tree.sync(warnings);
            directories.finish(warnings);
        }
        stopIfFull();
    }

    private void stopIfFull() throws IOException {
        if (disk.wasFull()) {
            tally.stop(disk.lacks(0, tally.bytesLeft()).orElse("the disk of the target was full")
                    + ". What is there is whole; make room and run the restore again to continue");
        }
    }

    private Optional<String> spaceMissing() throws IOException {
        Optional<String> missing = disk.lacks(selected.entries(), selected.bytes());
        if (missing.isEmpty()) {
            return missing;
        }
        long[] there = new long[2];
        selected.forEach((stored, meta) -> countIfThere(stored.version().path(), meta, there), (path, meta) -> {});
        return disk.lacks(selected.entries() - there[0], selected.bytes() - there[1])
                .map(reason ->
                        reason + ". Nothing was begun; make room, or leave out this check if the files are sparse");
    }

    private void countIfThere(RawPath path, FileMeta meta, long[] there) {
        try (HeldEntry entry = tree.view().entry(path)) {
            FileStat stat = entry.stat();
            if (stat.type() == meta.stat().type()) {
                there[0]++;
                there[1] +=
                        VersionRestore.contentBytes(meta) == stat.sizeBytes() ? VersionRestore.contentBytes(meta) : 0;
            }
        } catch (IOException e) {
            // It counts as missing; restoring it tells why it cannot be reached.
            return;
        }
    }

    private boolean isHalted() {
        return disk.wasFull() || tally.isStopped();
    }

    private void begin(StoredVersion stored, FileMeta meta) {
        RawPath path = stored.version().path();
        if (isHalted()) {
            return;
        }
        if (meta.stat().type() == FileType.DIRECTORY) {
            restoreDirectory(path, meta);
        } else if (meta.hardLinkLeader().isPresent()) {
            links.add(stored);
        } else {
            submit(stored, meta, path);
        }
    }

    private void restoreDirectory(RawPath path, FileMeta meta) {
        try {
            Decision decision = directories.restore(path, meta);
            if (decision instanceof Decision.Place) {
                tally.restored(0);
            } else if (decision instanceof Decision.Skip skip) {
                tally.skipped(selected.root(), path, skip.reason());
            } else {
                tally.unchanged(0);
            }
        } catch (IOException e) {
            files.failed(path, e);
        }
    }

    /** Restores with content; where the file has more names, it is their leader under that key from then on. */
    private void submit(StoredVersion stored, FileMeta meta, RawPath leaderKey) {
        RawPath path = stored.version().path();
        slots.acquireUninterruptibly();
        executor.execute(() -> {
            if (isHalted()) {
                slots.release();
                return;
            }
            files.restore(
                    stored,
                    meta,
                    stat -> {
                        if (selected.hasMoreNames(leaderKey)) {
                            leaders.put(
                                    leaderKey,
                                    new Leader(path, stat, stored.version().hash()));
                        }
                    },
                    slots::release);
        });
    }

    private void awaitAll() {
        slots.acquireUninterruptibly(parallel);
        slots.release(parallel);
    }

    /** Where a leader is not part of the selection, or failed, the first other name takes its place. */
    private void restoreFirstNames() {
        Map<RawPath, RawPath> firstNames = new HashMap<>();
        for (StoredVersion link : links) {
            FileMeta meta = link.version().meta().orElseThrow();
            RawPath key = meta.hardLinkLeader().orElseThrow();
            boolean first = !isLed(link, key)
                    && firstNames.putIfAbsent(key, link.version().path()) == null;
            if (first && !isHalted()) {
                submit(link, meta, key);
            }
        }
        Set<RawPath> begun = new HashSet<>(firstNames.values());
        links.removeIf(link -> begun.contains(link.version().path()));
    }

    private boolean isLed(StoredVersion link, RawPath key) {
        Leader leader = leaders.get(key);
        return leader != null && leader.hash.equals(link.version().hash());
    }

    private void restoreOtherNames() {
        for (StoredVersion link : links) {
            FileMeta meta = link.version().meta().orElseThrow();
            RawPath key = meta.hardLinkLeader().orElseThrow();
            Leader leader = leaders.get(key);
            if (isHalted()) {
                return;
            }
            if (leader != null && isLed(link, key)) {
                files.link(link.version().path(), meta, leader.path, leader.stat);
            } else {
                submit(link, meta, link.version().path());
            }
        }
    }
}
