package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.file.Content;
import io.keepwatch.file.ContentChangedException;
import io.keepwatch.file.FileContent;
import io.keepwatch.file.FileHasher;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.HashedFile;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.sqlite.DatabaseBusyException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at a file that is due and decides what becomes of its row. What the row says is a hint; only the file counts. A
 * file whose stat the catalog knows is not read. Blocks; any thread.
 */
public final class UploadPlanner {
    /** After so many tries a file that never rests is copied first, and the copy is stored. */
    private static final int ATTEMPTS_BEFORE_COPY = 3;

    private final CatalogReader catalog;
    private final WatchedRoots roots;
    private final Spool spool;
    private final Databases databases;
    private final Clock clock;

    public UploadPlanner(CatalogReader catalog, WatchedRoots roots, Spool spool, Databases databases, Clock clock) {
        this.catalog = catalog;
        this.roots = roots;
        this.spool = spool;
        this.databases = databases;
        this.clock = clock;
    }

    /** @param mayHold whether the content of a small file may stay in memory until it is stored */
    Plan plan(CatalogVersion row, boolean mayHold) {
        String name = row.version().root();
        RawPath path = row.version().path();
        try {
            Optional<RootDirectory> root = roots.open(name);
            return root.isPresent() ? plan(row, root.get(), mayHold) : new Plan.Forget(row);
        } catch (IOException e) {
            return new Plan.Later(row, "\"" + path + "\" of root \"" + name + "\" cannot be read: " + e.getMessage());
        }
    }

    private Plan plan(CatalogVersion row, RootDirectory root, boolean mayHold) throws IOException {
        RawPath path = row.version().path();
        Optional<CatalogVersion> stored = catalog.current(row.version().root(), path)
                .filter(current -> !current.version().isDeletion());
        // Taken before the look, so that what changes right after it counts as racy.
        Instant observed = clock.instant();
        FileMeta meta;
        try {
            meta = root.meta(path);
        } catch (NoSuchFileException e) {
            return gone(row, stored, root);
        }
        if (meta.stat().type() == FileType.SOCKET) {
            return gone(row, stored, root);
        }
        if (meta.stat().type() != FileType.REGULAR) {
            return upload(row, stored, meta, observed, Optional.empty(), Optional.empty(), false);
        }
        String name = row.version().root();
        Optional<RawPath> beside = databases.databaseBeside(name, root, path);
        if (beside.isPresent()) {
            Plan rest = gone(row, stored, root);
            return databases
                    .toCopy(name, root, beside.get(), catalog.isUrgent(row.id()))
                    .<Plan>map(database -> new Plan.LookAt(rest, List.of(database)))
                    .orElse(rest);
        }
        boolean readOnceOnly = meta.stat().sizeBytes() <= FileHasher.IN_MEMORY_BYTES;
        return !readOnceOnly && databases.copies(name, root, path)
                ? database(row, stored, root, meta, observed, mayHold)
                : regular(row, stored, root, meta, observed, mayHold);
    }

    private Plan database(
            CatalogVersion row,
            Optional<CatalogVersion> stored,
            RootDirectory root,
            FileMeta meta,
            Instant observed,
            boolean mayHold)
            throws IOException {
        RawPath path = row.version().path();
        if (stored.isPresent()) {
            Optional<FileMeta> unchanged = databases.unchanged(stored.get(), root, meta);
            if (unchanged.isPresent()) {
                return new Plan.Unchanged(row, unchanged.get().stat(), observed);
            }
        }
        try {
            HashedFile copy = databases.copy(root, path);
            Optional<Content> content = Optional.of(copy.content());
            Plan plan = upload(row, stored, copy.meta(), observed, Optional.of(copy.hash()), content, false);
            if (!(plan instanceof Plan.Upload)) {
                spool.release(copy.content());
            }
            return plan;
        } catch (NoSuchFileException e) {
            return new Plan.Later(row, "\"" + path + "\" vanished while it was copied");
        } catch (DatabaseBusyException | ContentChangedException e) {
            return row.attempts() < ATTEMPTS_BEFORE_COPY
                    ? new Plan.Later(row, String.valueOf(e.getMessage()))
                    : notCopied(row, stored, root, observed, mayHold, e);
        } catch (IOException e) {
            return notCopied(row, stored, root, observed, mayHold, e);
        }
    }

    /** Rather bytes that may need a repair than none. */
    private Plan notCopied(
            CatalogVersion row,
            Optional<CatalogVersion> stored,
            RootDirectory root,
            Instant observed,
            boolean mayHold,
            IOException cause)
            throws IOException {
        RawPath path = row.version().path();
        HashedFile file = new FileHasher(root).hash(path, mayHold);
        if (file.changedWhileRead()) {
            file = copy(root, path, file);
        }
        FileMeta meta = databases.notCopied(row.version().root(), path, file.meta(), cause);
        return upload(row, stored, meta, observed, Optional.of(file.hash()), Optional.of(file.content()), true);
    }

    private Plan gone(CatalogVersion row, Optional<CatalogVersion> stored, RootDirectory root) throws IOException {
        RawPath path = row.version().path();
        if (stored.isEmpty()) {
            return new Plan.Drop(row);
        }
        requirePresent(row.version().root(), root);
        FileVersion deletion = FileVersion.deleted(row.version().root(), path, clock.instant());
        return new Plan.Upload(
                row,
                new PendingVersion(deletion, Optional.empty(), stored.map(UploadPlanner::stored), Optional.empty()));
    }

    /** A path that is not there is deleted only if its root is there: it may have vanished just now, or be unmounted. */
    private void requirePresent(String name, RootDirectory root) throws IOException {
        long device = root.meta(RawPath.ROOT).stat().device();
        boolean otherDevice = catalog.stored(name, RawPath.ROOT)
                .filter(known -> known.stat().device() != device)
                .isPresent();
        if (otherDevice && root.names(RawPath.ROOT).isEmpty()) {
            throw new IOException("the root is empty and on another device than before: is its file system mounted?");
        }
    }

    private Plan regular(
            CatalogVersion row,
            Optional<CatalogVersion> stored,
            RootDirectory root,
            FileMeta meta,
            Instant observed,
            boolean mayHold)
            throws IOException {
        RawPath path = row.version().path();
        Optional<Sha256> known = knownContent(row, stored, meta);
        if (known.isPresent()) {
            if (databases.copies(row.version().root(), root, path)) {
                return database(row, stored, root, meta, observed, mayHold);
            }
            return upload(
                    row,
                    stored,
                    meta,
                    observed,
                    known,
                    Optional.of(new FileContent(root, path, meta.stat(), known.get())),
                    false);
        }
        HashedFile file;
        try {
            file = new FileHasher(root).hash(path, mayHold);
            if (databases.copies(row.version().root(), file)) {
                return database(row, stored, root, meta, observed, mayHold);
            }
            if (file.changedWhileRead() && row.attempts() < ATTEMPTS_BEFORE_COPY) {
                return new Plan.Later(row, "\"" + path + "\" changes while it is read");
            }
            if (row.attempts() >= ATTEMPTS_BEFORE_COPY) {
                file = copy(root, path, file);
            }
        } catch (ContentChangedException e) {
            return new Plan.Later(row, "\"" + path + "\" changes while it is read");
        }
        return upload(
                row,
                stored,
                file.meta(),
                observed,
                Optional.of(file.hash()),
                Optional.of(file.content()),
                file.changedWhileRead());
    }

    /** What rested while it was read just now is stored as it is where a copy cannot be made. */
    private HashedFile copy(RootDirectory root, RawPath path, HashedFile read) throws IOException {
        try {
            return spool.copy(root, path);
        } catch (IOException e) {
            if (read.changedWhileRead()) {
                throw e;
            }
            return read;
        }
    }

    /** The stored hash, where the stat proves that the content is still that one; under this name or another one. */
    private Optional<Sha256> knownContent(CatalogVersion row, Optional<CatalogVersion> stored, FileMeta meta) {
        Stream<CatalogVersion> otherNames =
                meta.stat().links() > 1 ? catalog.names(row.version().root(), meta.stat()).stream() : Stream.empty();
        return Stream.concat(stored.stream(), otherNames)
                .filter(known -> isStill(known.version(), meta))
                .findFirst()
                .flatMap(known -> known.version().hash());
    }

    private boolean isStill(FileVersion known, FileMeta meta) {
        return !known.inconsistent()
                && known.meta().map(then -> then.stat().sameAs(meta.stat())).orElse(false)
                && catalog.stored(known.root(), known.path())
                        .filter(child -> !child.racy())
                        .isPresent();
    }

    private Plan upload(
            CatalogVersion row,
            Optional<CatalogVersion> stored,
            FileMeta read,
            Instant observed,
            Optional<Sha256> hash,
            Optional<Content> content,
            boolean inconsistent) {
        FileVersion at = row.version();
        FileMeta meta = withLeader(at, read, hash);
        boolean unchanged = stored.map(CatalogVersion::version)
                .filter(version -> version.hash().equals(hash) && version.inconsistent() == inconsistent)
                .flatMap(FileVersion::meta)
                .map(known -> known.restoresLike(meta))
                .orElse(false);
        if (unchanged) {
            return new Plan.Unchanged(row, meta.stat(), observed);
        }
        FileVersion version = new FileVersion(at.root(), at.path(), observed, Optional.of(meta), hash, inconsistent);
        Optional<StoredVersion> same = hash.filter(some -> meta.stat().sizeBytes() > 0)
                .flatMap(catalog::withHash)
                .map(UploadPlanner::stored);
        return new Plan.Upload(row, new PendingVersion(version, content, stored.map(UploadPlanner::stored), same));
    }

    private FileMeta withLeader(FileVersion at, FileMeta meta, Optional<Sha256> hash) {
        if (meta.stat().type() != FileType.REGULAR || meta.stat().links() < 2) {
            return meta;
        }
        return catalog.hardLinkLeader(at.root(), at.path(), meta.stat())
                .filter(leader -> leader.version().hash().equals(hash))
                .map(leader -> meta.withHardLinkLeader(leader.version().path()))
                .orElse(meta);
    }

    /** Names one leader where several new names of one file are stored in the same flush. */
    List<Plan> settle(List<Plan> plans) {
        Map<LinkedFile, RawPath> leaders = new HashMap<>();
        List<Plan> settled = new ArrayList<>(plans.size());
        for (Plan plan : plans) {
            settled.add(plan instanceof Plan.Upload upload ? withLeader(upload, leaders) : plan);
        }
        return settled;
    }

    /** What must be looked at again because this is stored now: files beside a database. Blocks. */
    List<PendingChange> toLookAt(PendingVersion stored) {
        if (!Databases.mayConcern(stored)) {
            return List.of();
        }
        try {
            return roots.open(stored.version().root())
                    .map(root -> databases.toLookAt(stored, root))
                    .orElse(List.of());
        } catch (IOException e) {
            // The root is gone for now; the comparison at its return finds them.
            return List.of();
        }
    }

    /** The contents of these are needed no more. */
    void release(List<Plan.Upload> uploads) {
        uploads.forEach(upload -> upload.pending().content().ifPresent(spool::release));
    }

    private static Plan withLeader(Plan.Upload upload, Map<LinkedFile, RawPath> leaders) {
        FileVersion version = upload.pending().version();
        Optional<FileMeta> linked = version.meta()
                .filter(meta -> meta.stat().type() == FileType.REGULAR
                        && meta.stat().links() > 1
                        && meta.hardLinkLeader().isEmpty());
        if (linked.isEmpty()) {
            return upload;
        }
        FileMeta meta = linked.get();
        RawPath leader = leaders.putIfAbsent(
                new LinkedFile(
                        version.root(),
                        meta.stat().device(),
                        meta.stat().inode(),
                        meta.stat().modified(),
                        version.hash()),
                version.path());
        if (leader == null) {
            return upload;
        }
        FileVersion follower = new FileVersion(
                version.root(),
                version.path(),
                version.observed(),
                Optional.of(meta.withHardLinkLeader(leader)),
                version.hash(),
                version.inconsistent());
        PendingVersion pending = upload.pending();
        return new Plan.Upload(
                upload.row(),
                new PendingVersion(follower, pending.content(), pending.previous(), pending.sameContent()));
    }

    private static StoredVersion stored(CatalogVersion row) {
        return new StoredVersion(row.version(), new Location(row.location().orElse("")));
    }

    /** One state of one inode: names that were read before and after a change are no names of the same content. */
    private record LinkedFile(String root, long device, long inode, Instant modified, Optional<Sha256> hash) {}
}
