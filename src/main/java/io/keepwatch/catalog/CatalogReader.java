package io.keepwatch.catalog;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.NativeLibrary;
import io.keepwatch.sqlite.own.ReaderPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The read side of the catalog: next to the daemon that writes it, in another process or without one. Any thread; every
 * method blocks and sees all that was committed before it was called. Methods throw {@link CatalogException} where the
 * file cannot be read.
 */
public final class CatalogReader implements AutoCloseable {
    private final Path file;
    private final ReaderPool pool;

    CatalogReader(Path file) {
        this.file = file;
        this.pool = new ReaderPool(CatalogFile.OWNER, CatalogFile.MIGRATIONS, file);
    }

    /**
     * Opens the catalog of a state directory for reading.
     *
     * @throws CatalogMissingException where there is none
     */
    public static CatalogReader open(Path stateDirectory) {
        Path file = stateDirectory.resolve(Catalog.FILE_NAME);
        try {
            if (Files.isWritable(stateDirectory)) {
                NativeLibrary.unpackIn(stateDirectory);
            }
        } catch (IOException e) {
            throw new CatalogException("the state directory " + stateDirectory + " could not be used: " + e, e);
        }
        CatalogReader reader = new CatalogReader(file);
        reader.pool.read(database -> true);
        return reader;
    }

    /** The newest known row of each live child (what waits before what is durable), sorted by the bytes of its name. */
    public List<KnownChild> children(String root, RawPath directory) {
        return pool.read(database -> VersionQueries.children(database, root, directory));
    }

    /** What the newest durable version of each live child says, whatever waits; see {@link #stored}. */
    public List<KnownChild> storedChildren(String root, RawPath directory) {
        return pool.read(database -> VersionQueries.storedChildren(database, root, directory));
    }

    /** As {@link #children}, for one path. */
    public Optional<KnownChild> known(String root, RawPath path) {
        return pool.read(database -> VersionQueries.known(database, root, path));
    }

    /** The newest durable version; may be a deletion. */
    public Optional<CatalogVersion> current(String root, RawPath path) {
        return pool.read(database -> VersionQueries.current(database, root, path));
    }

    /** What the newest durable version says, with the stat as it was last seen; empty where there is none or it is gone. */
    public Optional<KnownChild> stored(String root, RawPath path) {
        return pool.read(database -> VersionQueries.stored(database, root, path));
    }

    /** Pending rows whose time has come and whose path is not being uploaded: urgent first, then as they came. */
    public List<CatalogVersion> claimable(int limit, Instant now) {
        return claimable(limit, now, 0, Long.MAX_VALUE);
    }

    /** The same, for regular files of these sizes (both included); everything else counts as 0 bytes. */
    public List<CatalogVersion> claimable(int limit, Instant now, long minBytes, long maxBytes) {
        return pool.read(database -> VersionQueries.claimable(database, limit, now, minBytes, maxBytes));
    }

    /** A current, consistent version with this content that holds the bytes itself (no hard link to another path). */
    public Optional<CatalogVersion> withHash(Sha256 hash) {
        return pool.read(database -> VersionQueries.withHash(database, hash));
    }

    /**
     * The version of another path that was stored first, or is being uploaded, as the same inode, and is no link itself.
     * Type, size and mtime must be the same too: an inode number is used again after a deletion.
     */
    public Optional<CatalogVersion> hardLinkLeader(String root, RawPath path, FileStat stat) {
        return pool.read(database -> VersionQueries.hardLinkLeader(database, root, path, stat));
    }

    /** The current versions of the regular files in this root that were last seen as this inode. */
    public List<CatalogVersion> names(String root, FileStat stat) {
        return pool.read(database -> VersionQueries.names(database, root, stat));
    }

    /** Every version of a path, newest first. */
    public List<CatalogVersion> versions(String root, RawPath path) {
        return pool.read(database -> VersionQueries.versions(database, root, path));
    }

    /**
     * Streams, in the order of the paths' bytes, the version that each path at or beneath the prefix had at that time:
     * the newest durable one observed by then, or without a time the current one. Paths that were deleted by then are
     * left out unless asked for. The catalog's log cannot shrink meanwhile, so {@code each} is quick; it may read the
     * catalog.
     */
    public void forEachAt(
            String root, RawPath prefix, Optional<Instant> time, boolean withDeletions, Consumer<CatalogVersion> each) {
        pool.read(database -> {
            new TreeAt(database, root, time, withDeletions, each).walk(prefix);
            return true;
        });
    }

    /**
     * What lies directly in a directory, at a time as {@link #forEachAt} says, by the bytes of the names: the first of
     * those behind a name, or of all where it is empty.
     */
    public List<CatalogVersion> entriesAt(DirectoryQuery query, byte[] behind, int limit) {
        return pool.read(database -> DirectoryAt.entries(database, query, behind, limit));
    }

    /**
     * What changed from a time on to before another, the oldest first, as far as versions of it are kept. What was there when
     * its root was first seen is no change. Looks at every version: some seconds for a million.
     */
    public List<ObservedChange> changes(Instant from, Instant to, int limit) {
        return pool.read(database -> ChangeQueries.between(database, from, to, limit));
    }

    /** Flushes from a time on to before another, the newest first; only those with a smaller number than that. */
    public List<FlushRecord> flushes(Instant from, Instant to, long before, int limit) {
        return pool.read(database -> FlushQueries.page(database, from, to, before, limit));
    }

    /** The same summed up by steps of time, in its order. */
    public List<FlushStep> flushSteps(Instant from, Instant to, long stepSeconds) {
        return pool.read(database -> FlushQueries.steps(database, from, to, stepSeconds));
    }

    /**
     * Gives each version that {@link Catalog#expire} would remove now, paths one after the other, each from the newest to
     * the oldest version, and then their counts. Takes a few seconds for a million past versions.
     */
    public ExpiryCounts forEachExpired(ExpiryRequest request, Consumer<CatalogVersion> each) {
        return Expiry.forEach(pool, request, each);
    }

    ReaderPool pool() {
        return pool;
    }

    /** The packs of the pack layout. */
    public CatalogPackReader packs() {
        return new CatalogPackReader(pool);
    }

    /** The names of the roots that have any row, sorted. */
    public List<String> roots() {
        return pool.read(SummaryQueries::roots);
    }

    /** Whether a pending row goes before what is not urgent; false where it is gone. */
    public boolean isUrgent(long id) {
        return pool.read(database -> SummaryQueries.isUrgent(database, id));
    }

    /** What waits and is due, for regular files of these sizes (both included); counted up to the limit, no further. */
    public Waiting waiting(int limit, Instant now, long minBytes, long maxBytes) {
        return pool.read(database -> SummaryQueries.waiting(database, limit, now, minBytes, maxBytes));
    }

    /** Whether no row is pending or on its way; as quick with a million of them as with none. */
    public boolean nothingWaits() {
        return pool.read(SummaryQueries::nothingWaits);
    }

    public Backlog backlog() {
        return pool.read(SummaryQueries::backlog);
    }

    /** Zero for a root that is not known. */
    public RootTotals totals(String root) {
        return pool.read(database -> SummaryQueries.totals(database, root));
    }

    /** Sorted by day, then class. */
    public List<RequestCount> requests(LocalDate from, LocalDate toInclusive) {
        return pool.read(database -> SummaryQueries.requests(database, from, toInclusive));
    }

    public Optional<String> setting(String key) {
        return pool.read(database -> SummaryQueries.setting(database, key));
    }

    /** Looks for damage in the whole file; about 0.5 s a million rows. Throws {@link CatalogCorruptException}. */
    public void check() {
        String found = pool.read(Database::quickCheck);
        if (!found.equals("ok")) {
            throw new CatalogCorruptException(file, found, null);
        }
    }

    /** As {@link Catalog#copyTo}, beside the daemon that writes it. */
    public void copyTo(Path target) {
        CatalogCopy.make(file, target);
    }

    @Override
    public void close() {
        pool.close();
    }
}
