package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.KnownChild;
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
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final Clock clock;

    public UploadPlanner(CatalogReader catalog, WatchedRoots roots, Spool spool, Clock clock) {
        this.catalog = catalog;
        this.roots = roots;
        this.spool = spool;
        this.clock = clock;
    }

    Plan plan(CatalogVersion row) {
        String name = row.version().root();
        RawPath path = row.version().path();
        try {
            Optional<RootDirectory> root = roots.open(name);
            return root.isPresent() ? plan(row, root.get()) : new Plan.Drop(row);
        } catch (IOException e) {
            return new Plan.Later(row, "\"" + path + "\" of root \"" + name + "\" cannot be read: " + e.getMessage());
        }
    }

    private Plan plan(CatalogVersion row, RootDirectory root) throws IOException {
        RawPath path = row.version().path();
        Optional<CatalogVersion> stored = catalog.current(row.version().root(), path)
                .filter(current -> !current.version().isDeletion());
        FileMeta meta;
        try {
            meta = root.meta(path);
        } catch (NoSuchFileException e) {
            return gone(row, stored, path);
        }
        if (meta.stat().type() == FileType.SOCKET) {
            return gone(row, stored, path);
        }
        return meta.stat().type() == FileType.REGULAR
                ? regular(row, stored, root, meta)
                : upload(row, stored, meta, Optional.empty(), Optional.empty(), false);
    }

    private Plan gone(CatalogVersion row, Optional<CatalogVersion> stored, RawPath path) throws NoSuchFileException {
        if (path.isRoot()) {
            throw new NoSuchFileException("the root itself is gone; what is stored of it stays");
        }
        if (stored.isEmpty()) {
            return new Plan.Drop(row);
        }
        FileVersion deletion = FileVersion.deleted(row.version().root(), path, clock.instant());
        return new Plan.Upload(
                row,
                new PendingVersion(deletion, Optional.empty(), stored.map(UploadPlanner::stored), Optional.empty()));
    }

    private Plan regular(CatalogVersion row, Optional<CatalogVersion> stored, RootDirectory root, FileMeta meta)
            throws IOException {
        RawPath path = row.version().path();
        Optional<Sha256> known = knownContent(row, stored, meta);
        if (known.isPresent()) {
            return upload(
                    row,
                    stored,
                    meta,
                    known,
                    Optional.of(new FileContent(root, path, meta.stat(), known.get())),
                    false);
        }
        HashedFile file;
        try {
            file = new FileHasher(root).hash(path);
            if (file.changedWhileRead() && row.attempts() < ATTEMPTS_BEFORE_COPY) {
                return new Plan.Later(row, "\"" + path + "\" changes while it is read");
            }
            if (file.changedWhileRead() || row.attempts() >= ATTEMPTS_BEFORE_COPY) {
                file = spool.copy(root, path);
            }
        } catch (ContentChangedException e) {
            return new Plan.Later(row, "\"" + path + "\" changes while it is read");
        }
        return upload(
                row,
                stored,
                file.meta(),
                Optional.of(file.hash()),
                Optional.of(file.content()),
                file.changedWhileRead());
    }

    /** The stored hash, where the stat proves that the content is still that one. */
    private Optional<Sha256> knownContent(CatalogVersion row, Optional<CatalogVersion> stored, FileMeta meta) {
        boolean racy = catalog.stored(row.version().root(), row.version().path())
                .map(KnownChild::racy)
                .orElse(true);
        return stored.filter(current -> !racy && !current.version().inconsistent())
                .filter(current -> current.version()
                        .meta()
                        .map(known -> known.stat().sameAs(meta.stat()))
                        .orElse(false))
                .flatMap(current -> current.version().hash());
    }

    private Plan upload(
            CatalogVersion row,
            Optional<CatalogVersion> stored,
            FileMeta read,
            Optional<Sha256> hash,
            Optional<Content> content,
            boolean inconsistent) {
        FileVersion at = row.version();
        FileMeta meta = withLeader(at, read);
        boolean unchanged = stored.map(CatalogVersion::version)
                .filter(version -> version.hash().equals(hash) && version.inconsistent() == inconsistent)
                .flatMap(FileVersion::meta)
                .map(known -> known.restoresLike(meta))
                .orElse(false);
        if (unchanged) {
            return new Plan.Unchanged(row, meta.stat(), clock.instant());
        }
        FileVersion version =
                new FileVersion(at.root(), at.path(), clock.instant(), Optional.of(meta), hash, inconsistent);
        Optional<StoredVersion> same = hash.filter(some -> meta.stat().sizeBytes() > 0)
                .flatMap(catalog::withHash)
                .map(UploadPlanner::stored);
        return new Plan.Upload(row, new PendingVersion(version, content, stored.map(UploadPlanner::stored), same));
    }

    private FileMeta withLeader(FileVersion at, FileMeta meta) {
        if (meta.stat().type() != FileType.REGULAR || meta.stat().links() < 2) {
            return meta;
        }
        return catalog.hardLinkLeader(at.root(), at.path(), meta.stat())
                .map(leader -> meta.withHardLinkLeader(leader.version().path()))
                .orElse(meta);
    }

    /** Names one leader where several new names of one file are stored in the same flush. */
    List<Plan> settle(List<Plan> plans) {
        Map<Inode, RawPath> leaders = new HashMap<>();
        List<Plan> settled = new ArrayList<>(plans.size());
        for (Plan plan : plans) {
            settled.add(plan instanceof Plan.Upload upload ? withLeader(upload, leaders) : plan);
        }
        return settled;
    }

    /** The contents of these are needed no more. */
    void release(List<Plan.Upload> uploads) {
        uploads.forEach(upload -> upload.pending().content().ifPresent(spool::release));
    }

    private static Plan withLeader(Plan.Upload upload, Map<Inode, RawPath> leaders) {
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
                new Inode(version.root(), meta.stat().device(), meta.stat().inode()), version.path());
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

    private record Inode(String root, long device, long inode) {}
}
