package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.SqlProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A catalog as one file without a log, to be kept elsewhere, and back. What waited when it was copied stays in it: to the
 * daemon such a row is only a hint to look at a path again, and an upload that was under way waits again.
 */
final class CatalogCopy {
    private static final List<String> PARTS = List.of("", "-wal", "-shm", "-journal");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private CatalogCopy() {}

    static void make(Path catalog, Path target) {
        try {
            write(catalog, target);
        } catch (IOException e) {
            throw new CatalogException(
                    "the catalog " + catalog + " could not be copied to " + target + " (" + e
                            + "): its directory must be there, and writable",
                    e);
        } catch (SQLException e) {
            throw SqlProblem.of(CatalogFile.OWNER, catalog, e);
        }
    }

    private static void write(Path catalog, Path target) throws IOException, SQLException {
        try {
            Files.createFile(target, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            throw new CatalogException(
                    "the catalog was not copied to " + target + ", where there is a file already: choose another name",
                    e);
        }
        boolean written = false;
        try (Database database = Database.openReadOnly(catalog)) {
            new Binder(database.statement("VACUUM INTO ?"))
                    .text(target.toAbsolutePath().toString())
                    .run();
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(target);
            }
        }
    }

    /** The lock of the state directory is held. */
    static void install(Path stateDirectory, Path copy, Instant now) throws IOException, SQLException {
        for (String part : PARTS) {
            Path taken = stateDirectory.resolve(Catalog.FILE_NAME + part);
            if (Files.exists(taken)) {
                throw new CatalogException(
                        "the copy " + copy + " was not put in place, because there is a file at " + taken
                                + ": move all files named " + Catalog.FILE_NAME
                                + "* out of the directory, and try again",
                        null);
            }
        }
        String name = Catalog.FILE_NAME + ".new";
        Path fresh = stateDirectory.resolve(name);
        try {
            deleteParts(stateDirectory, name);
            Files.createFile(fresh, OWNER_ONLY);
            try (OutputStream out = Files.newOutputStream(fresh)) {
                Files.copy(copy, out);
            }
            begin(fresh, copy, now);
            sync(fresh, StandardOpenOption.WRITE);
            Files.move(fresh, stateDirectory.resolve(Catalog.FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
            sync(stateDirectory, StandardOpenOption.READ);
        } finally {
            deleteParts(stateDirectory, name);
        }
    }

    private static void begin(Path fresh, Path copy, Instant now) throws SQLException {
        try (Database database = Database.openWritable(fresh)) {
            String found = database.quickCheck();
            if (!found.equals("ok")) {
                throw new CatalogCorruptException(copy, found, null);
            }
            if (database.number("PRAGMA user_version") == 0) {
                throw new CatalogException("the file " + copy + " holds no catalog: choose another copy", null);
            }
            CatalogFile.MIGRATIONS.apply(copy, database);
            database.execute("BEGIN IMMEDIATE");
            WriteSession session = new WriteSession(database);
            UploadWrites.putBackAll(session);
            PackNumbers.renew(session, now);
            database.execute("COMMIT");
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static void deleteParts(Path directory, String name) throws IOException {
        for (String part : PARTS) {
            Files.deleteIfExists(directory.resolve(name + part));
        }
    }
}
