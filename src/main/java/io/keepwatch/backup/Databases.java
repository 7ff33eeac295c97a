package io.keepwatch.backup;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.event.DatabaseNotCopied;
import io.keepwatch.event.Event;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.HashedFile;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.sqlite.DatabaseBusyException;
import io.keepwatch.sqlite.DatabaseSibling;
import io.keepwatch.sqlite.DatabaseState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What is special about SQLite databases: the copy that SQLite makes is stored in their place, and the files beside them are
 * not, since SQLite would play those into the copy when it is opened. A database that SQLite cannot copy is stored as its
 * bytes are, marked inconsistent, and so are the files beside it. Blocks; any thread.
 */
public final class Databases {
    private static final int MOST_TOLD = 10_000;

    private final Set<String> roots;
    private final CatalogReader catalog;
    private final Spool spool;
    private final Clock clock;
    private final Consumer<Event> events;
    private final Set<RawPath> told = ConcurrentHashMap.newKeySet();

    /** @param roots the names of the roots whose databases are copied by SQLite */
    public Databases(Set<String> roots, CatalogReader catalog, Spool spool, Clock clock, Consumer<Event> events) {
        this.roots = Set.copyOf(roots);
        this.catalog = catalog;
        this.spool = spool;
        this.clock = clock;
        this.events = events;
    }

    /** Whether this regular file is a database that SQLite is to copy. */
    boolean copies(String name, RootDirectory root, RawPath path) throws IOException {
        return roots.contains(name) && DatabaseState.isDatabase(root, path);
    }

    /** The same for a file that was read already; a small one needs not be opened again for it. */
    boolean copies(String name, HashedFile file) throws IOException {
        return roots.contains(name) && DatabaseState.isDatabase(file.content());
    }

    /** What the stored copy of a database says of it, as of now; empty where it must be copied anew. */
    Optional<FileMeta> unchanged(CatalogVersion stored, RootDirectory root, FileMeta now) throws IOException {
        FileStat seen = DatabaseState.look(root, stored.version().path()).combined();
        return isStill(stored, seen)
                ? stored.version()
                        .meta()
                        .map(then -> now.withStat(seen.withSize(then.stat().sizeBytes())))
                        .filter(then -> stored.version()
                                .meta()
                                .filter(known -> known.restoresLike(then))
                                .isPresent())
                : Optional.empty();
    }

    /** The size does not count: it is that of the copy, and a change of the file's own size changes its times too. */
    private boolean isStill(CatalogVersion stored, FileStat seen) {
        FileVersion version = stored.version();
        return !version.inconsistent()
                && version.meta()
                        .filter(then -> seen.withSize(then.stat().sizeBytes()).sameAs(then.stat()))
                        .isPresent()
                && catalog.stored(version.root(), version.path())
                        .filter(known -> !known.racy())
                        .isPresent();
    }

    /** @throws DatabaseBusyException where it may work later; another IOException where the bytes must do */
    HashedFile copy(RootDirectory root, RawPath path) throws IOException {
        return spool.database(root, path);
    }

    /** Its bytes have to do. The metadata is such that each comparison tries again. */
    FileMeta notCopied(String root, RawPath path, FileMeta meta, IOException cause) {
        events.accept(new DatabaseNotCopied(clock.instant(), root, path, String.valueOf(cause.getMessage())));
        return meta.withStat(meta.stat().withChanged(Instant.EPOCH));
    }

    /**
     * The database that this file lies beside, if that is one whose copy is stored, so that this file must not be. Tells of it
     * once.
     */
    Optional<RawPath> databaseBeside(String name, RootDirectory root, RawPath path) throws IOException {
        if (!roots.contains(name)) {
            return Optional.empty();
        }
        for (DatabaseSibling kind : DatabaseSibling.values()) {
            Optional<RawPath> database = kind.databaseOf(path);
            if (database.isPresent() && isCopied(name, root, database.get())) {
                tell(name, path);
                return database;
            }
        }
        return Optional.empty();
    }

    private boolean isCopied(String name, RootDirectory root, RawPath database) throws IOException {
        try {
            return root.meta(database).stat().type() == FileType.REGULAR
                    && DatabaseState.isDatabase(root, database)
                    && catalog.current(name, database)
                            .filter(known -> known.version().inconsistent())
                            .isEmpty();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void tell(String name, RawPath path) {
        if (told.size() > MOST_TOLD) {
            told.clear();
        }
        if (told.add(path)) {
            events.accept(
                    new FileSkipped(
                            clock.instant(),
                            name,
                            path,
                            "what it holds is in the copy of the database beside it; stored, it could be played into that copy"));
        }
    }

    /** A database as a change to be looked at, unless its stored copy is still what it holds. */
    Optional<PendingChange> toCopy(String name, RootDirectory root, RawPath database, boolean urgent)
            throws IOException {
        FileStat seen = DatabaseState.look(root, database).combined();
        Optional<CatalogVersion> stored = catalog.current(name, database);
        return stored.filter(known -> isStill(known, seen)).isPresent()
                ? Optional.empty()
                : Optional.of(change(name, database, root, urgent));
    }

    /**
     * The files beside a database that was just stored, where they belong into the backup now and did not before, or the other
     * way round.
     */
    List<PendingChange> toLookAt(PendingVersion stored, RootDirectory root) {
        FileVersion version = stored.version();
        List<PendingChange> siblings = new ArrayList<>();
        if (mayConcern(stored) && roots.contains(version.root())) {
            for (DatabaseSibling kind : DatabaseSibling.values()) {
                PendingChange sibling = change(version.root(), kind.of(version.path()), root, false);
                if (!sibling.version().isDeletion() || isStored(sibling.version())) {
                    siblings.add(sibling);
                }
            }
        }
        return siblings;
    }

    private boolean isStored(FileVersion version) {
        return catalog.current(version.root(), version.path())
                .filter(known -> !known.version().isDeletion())
                .isPresent();
    }

    /** Whether storing this can concern a file beside it; needs no catalog. */
    static boolean mayConcern(PendingVersion stored) {
        boolean before = stored.previous()
                .filter(previous -> previous.version().inconsistent())
                .isPresent();
        return stored.version().hasContent() && stored.version().inconsistent() != before;
    }

    private PendingChange change(String name, RawPath path, RootDirectory root, boolean urgent) {
        Instant now = clock.instant();
        try {
            FileVersion version =
                    new FileVersion(name, path, now, Optional.of(root.meta(path)), Optional.empty(), false);
            return new PendingChange(version, urgent);
        } catch (IOException e) {
            return new PendingChange(FileVersion.deleted(name, path, now), urgent);
        }
    }
}
