package io.keepwatch.catalog;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.GroupCommit;
import io.keepwatch.sqlite.own.NativeLibrary;
import io.keepwatch.sqlite.own.SqlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The daemon's catalog: what exists, what is stored, what waits. Every write completes after its commit is on the disk,
 * and writes that arrive together are committed together; any thread may submit. The queue has no bound: a caller that
 * may produce without end waits for the future before it goes on. A write's future completes on the writer's thread, so
 * what follows it and blocks goes elsewhere ({@code thenApplyAsync}, a Vert.x context).
 *
 * <p>A write fails with {@link CatalogException} (disk, file), or {@link IllegalStateException} where the caller broke
 * the order of states; then nothing of it is applied, and the next write tries again.
 */
public final class Catalog implements AutoCloseable {
    static final String FILE_NAME = "catalog.db";

    private final Path file;
    private final StateLock lock;
    private final GroupCommit<WriteSession> writer;
    private final CatalogReader reader;

    private Catalog(Path file, StateLock lock, GroupCommit<WriteSession> writer) {
        this.file = file;
        this.lock = lock;
        this.writer = writer;
        this.reader = new CatalogReader(file);
    }

    /**
     * Locks the state directory, makes or migrates {@code catalog.db}, and lets the uploads of a dead daemon wait again.
     * Both are made where they are missing, for their owner alone. Blocks.
     *
     * @throws CatalogLockedException where another daemon has the directory
     * @throws CatalogCorruptException where the file is damaged; it is checked after a crash
     * @throws CatalogException where the directory or the file cannot be used; the message says what to do
     */
    public static Catalog open(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE_NAME);
        try {
            Files.createDirectories(stateDirectory, onlyOwner("rwx------"));
            StateLock lock = StateLock.take(stateDirectory);
            boolean opened = false;
            try {
                Catalog catalog = open(stateDirectory, file, lock);
                opened = true;
                return catalog;
            } finally {
                if (!opened) {
                    lock.abandon();
                }
            }
        } catch (IOException e) {
            throw new CatalogException(
                    "the state directory " + stateDirectory + " could not be used (" + e
                            + "): it must be a directory that"
                            + " belongs to the user of the daemon, on a writable file system",
                    e);
        } catch (SQLException e) {
            throw SqlProblem.of(CatalogFile.OWNER, file, e);
        }
    }

    /**
     * Moves a catalog out of the way, with its log, so that {@link #open} makes an empty one; nothing is deleted. Empty
     * where there was none. Throws CatalogLockedException where a daemon has the directory.
     */
    public static Optional<Path> moveAside(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            StateLock lock = StateLock.take(stateDirectory);
            try {
                Path aside = freeName(stateDirectory);
                for (String part : List.of("-shm", "-wal", "")) {
                    Path from = stateDirectory.resolve(FILE_NAME + part);
                    if (Files.exists(from)) {
                        Files.move(from, stateDirectory.resolve(aside.getFileName() + part));
                    }
                }
                return Optional.of(aside);
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw new CatalogException(
                    file + " could not be moved aside (" + e + "): move it and its -wal file yourself, and try again",
                    e);
        }
    }

    /**
     * Puts a file that {@link #copyTo} wrote in place as the catalog of a state directory that has none. It is checked, and
     * brought up to date with this program; it gets a new epoch, because the catalog that it was copied from may go on
     * elsewhere; uploads that were under way wait again, and packs of which it knows no outcome stay staged. Where it is
     * refused, nothing is left behind. Blocks.
     *
     * @throws CatalogLockedException where a daemon has the directory
     * @throws CatalogCorruptException where the copy is damaged
     * @throws CatalogException where there is a catalog already, or the copy is none
     */
    public static void installCopy(Path stateDirectory, Path copy) {
        try {
            Files.createDirectories(stateDirectory, onlyOwner("rwx------"));
            NativeLibrary.unpackIn(stateDirectory);
            StateLock lock = StateLock.take(stateDirectory);
            try {
                CatalogCopy.install(stateDirectory, copy, Instant.now());
            } finally {
                lock.abandon();
            }
        } catch (IOException e) {
            throw new CatalogException(
                    "the copy " + copy + " could not be put in place in " + stateDirectory + " (" + e
                            + "): the copy must be readable, and the directory writable with room for it",
                    e);
        } catch (SQLException e) {
            throw SqlProblem.of(CatalogFile.OWNER, copy, e);
        }
    }

    /** The parts are moved one by one, so a name that is taken must be noticed before the first of them. */
    private static Path freeName(Path stateDirectory) {
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Path name = stateDirectory.resolve(FILE_NAME + "." + time);
        for (int number = 2; Files.exists(name); number++) {
            name = stateDirectory.resolve(FILE_NAME + "." + time + "." + number);
        }
        return name;
    }

    private static Catalog open(Path stateDirectory, Path file, StateLock lock) throws IOException, SQLException {
        NativeLibrary.unpackIn(stateDirectory);
        if (!Files.exists(file)) {
            Files.createFile(file, onlyOwner("rw-------"));
        }
        try (Database database = Database.openWritable(file)) {
            if (lock.afterCrash()) {
                requireSound(file, database);
            }
            CatalogFile.MIGRATIONS.apply(file, database);
        }
        Ballast ballast = new Ballast(stateDirectory);
        ballast.renew();
        GroupCommit<WriteSession> writer = new GroupCommit<>(CatalogFile.OWNER, file, WriteSession::new, ballast);
        writer.start();
        Catalog catalog = new Catalog(file, lock, writer);
        try {
            catalog.write(UploadWrites::putBackAll).join();
            catalog.write(session -> PackNumbers.begin(session, Instant.now())).join();
        } catch (CompletionException e) {
            writer.close();
            throw e.getCause() instanceof CatalogException cause ? cause : e;
        }
        return catalog;
    }

    private static FileAttribute<Set<PosixFilePermission>> onlyOwner(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    private static void requireSound(Path file, Database database) throws SQLException {
        String found = database.quickCheck();
        if (!found.equals("ok")) {
            throw new CatalogCorruptException(file, found, null);
        }
    }

    /** The read side, on connections of its own; closed with this catalog. */
    public CatalogReader reader() {
        return reader;
    }

    /** The packs of the pack layout. */
    public CatalogPacks packs() {
        return new CatalogPacks(writer, reader);
    }

    /** Looks for damage in the whole file; blocks, about 0.5 s a million rows. Throws {@link CatalogCorruptException}. */
    public void check() {
        reader.check();
    }

    /**
     * Records that these paths changed. A path has one pending row: a later observation takes its place, keeps when the
     * change was first seen, its place in the queue and its attempts, and gets a new id; an urgent one may be claimed at
     * once. Completes with the number of paths.
     */
    public CompletableFuture<Integer> addPending(List<PendingChange> changes) {
        List<PendingChange> copy = List.copyOf(changes);
        return writer.submit(session -> PendingWrites.add(session, copy));
    }

    /**
     * Records that the directory (or file) and every known path beneath it that is not deleted is gone. Completes with
     * their number.
     */
    public CompletableFuture<Integer> addPendingDeletions(String root, RawPath directory, Instant observed) {
        return writer.submit(session -> PendingWrites.addDeletions(session, root, directory, observed));
    }

    /**
     * Gives the first of so many ids in a row, for versions that {@link #markUploading} is to take beside what waits of their
     * paths.
     */
    public CompletableFuture<Long> reserveIds(int count) {
        return writer.submit(session -> PendingWrites.reserve(session, count));
    }

    /**
     * Pending to uploading, with the metadata and hash that were really read. Where a newer change took the place of the
     * row in the meantime, the upload goes on under the claimed id and the newer change waits.
     */
    public CompletableFuture<Void> markUploading(List<Claim> claims) {
        List<Claim> copy = List.copyOf(claims);
        return write(session -> UploadWrites.markUploading(session, copy));
    }

    /** Uploading to durable: each becomes its path's current version. Doing it again changes nothing. */
    public CompletableFuture<Void> markDurable(List<Durable> stored) {
        return markDurable(stored, names -> List.of());
    }

    /**
     * The same, and what has to be looked at because of it becomes pending in the same commit: a crash cannot come between.
     *
     * @param next is given the names of files as they are then; on the thread of all writes, so it must be quick
     */
    public CompletableFuture<Void> markDurable(List<Durable> stored, Function<FileNames, List<PendingChange>> next) {
        List<Durable> copy = List.copyOf(stored);
        return write(session -> {
            UploadWrites.markDurable(session, copy);
            PendingWrites.add(session, next.apply((root, stat) -> names(session, root, stat)));
        });
    }

    private List<CatalogVersion> names(WriteSession session, String root, FileStat stat) {
        try {
            return VersionQueries.names(session.database(), root, stat);
        } catch (SQLException e) {
            throw SqlProblem.of(CatalogFile.OWNER, file, e);
        }
    }

    /**
     * Drops pending rows that turned out to be no change, and refreshes the stat of the current version. Rows that were
     * replaced by a newer change stay.
     */
    public CompletableFuture<Void> markUnchanged(List<Unchanged> rows) {
        List<Unchanged> copy = List.copyOf(rows);
        return write(session -> UploadWrites.markUnchanged(session, copy));
    }

    /** Drops rows that are not durable without trace; others stay. */
    public CompletableFuture<Void> drop(List<Long> ids) {
        List<Long> copy = List.copyOf(ids);
        return write(session -> UploadWrites.drop(session, copy));
    }

    /**
     * Back to pending with one more attempt, and not claimable before that time. Where a newer pending row of the path
     * exists, this one goes away.
     */
    public CompletableFuture<Void> retryLater(List<Long> ids, Instant notBefore) {
        List<Long> copy = List.copyOf(ids);
        return write(session -> UploadWrites.retryLater(session, copy, notBefore));
    }

    /** As {@link #retryLater}, but the attempt does not count and they are claimable at once: it was not the rows' fault. */
    public CompletableFuture<Void> giveBack(List<Long> ids) {
        return write(session -> UploadWrites.giveBack(session, ids));
    }

    /** Inserts versions that the bucket holds as durable; the newest observed of a path becomes current. */
    public CompletableFuture<Void> adopt(List<AdoptedVersion> versions) {
        List<AdoptedVersion> copy = List.copyOf(versions);
        return write(session -> AdoptWrites.adopt(session, copy));
    }

    /**
     * Removes the past versions that retention does not keep. Current versions and deletions stay in any case. {@code
     * removed} is told of each batch after its commit, on the calling thread. Blocks; other writes come in between, and
     * where it is broken off the next call goes on. Gives what was expected to go when it began.
     *
     * <p>Where a path exists, its current version stays, so the worst that can happen is that deleted files lose the last
     * content that was kept of them. Where that is more than half of all files that have any content (and at least 100),
     * nothing is removed: the clock may be wrong, or a deletion was not meant and nobody has noticed yet.
     *
     * @throws ExpiryRefusedException in that case, unless the request allows it
     */
    public ExpiryCounts expire(ExpiryRequest request, Consumer<List<CatalogVersion>> removed) {
        return new Expiry(reader.pool(), writer, request).run(removed);
    }

    /** Adds to the counts of the same day and class. */
    public CompletableFuture<Void> addRequests(List<RequestCount> counts) {
        List<RequestCount> copy = List.copyOf(counts);
        return write(session -> Bookkeeping.addRequests(session, copy));
    }

    /** Remembers that an upload became durable, for the time line; the last 100,000 are kept. */
    public CompletableFuture<Void> addFlush(FlushRecord flush) {
        return write(session -> FlushQueries.add(session, flush));
    }

    /** Keeps a value of the daemon's own under a name; the last one stays. */
    public CompletableFuture<Void> putSetting(String key, String value) {
        return write(session -> Bookkeeping.putSetting(session, key, value));
    }

    private CompletableFuture<Void> write(VoidWrite write) {
        return writer.submit(session -> {
                    write.apply(session);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @FunctionalInterface
    private interface VoidWrite {
        void apply(WriteSession session) throws SQLException;
    }

    /**
     * Writes what is committed by now to a new file for its owner alone, as one state although writing goes on; the
     * catalog's log cannot shrink meanwhile. Blocks for some seconds a million versions; takes as much room as the catalog.
     *
     * @throws CatalogException where there is such a file already, or it cannot be written; then none is left
     */
    public void copyTo(Path target) {
        CatalogCopy.make(file, target);
    }

    /** Commits what was submitted, ends the writer and frees the state directory. Blocks. */
    @Override
    public void close() {
        reader.close();
        writer.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new CatalogException(
                    "the lock beside " + file + " could not be emptied (" + e
                            + "): the next start will check the catalog",
                    e);
        }
    }
}
