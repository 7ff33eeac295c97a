package io.keepwatch.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a catalog to the version that this program knows. A migration that was released is never edited; each runs in a
 * transaction of its own, together with the version number it leads to ({@code PRAGMA user_version}).
 */
final class Migrations {
    private static final List<String> ALL = List.of("V001__versions.sql", "V002__packs.sql", "V003__flushes.sql");

    private Migrations() {}

    static void apply(Path file, Database database) throws SQLException {
        for (long version = checkedVersion(file, database); version < ALL.size(); version++) {
            database.execute("BEGIN IMMEDIATE");
            try {
                database.execute(text(ALL.get((int) version)));
                database.execute("PRAGMA user_version = " + (version + 1));
                database.execute("COMMIT");
            } catch (SQLException e) {
                database.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /** Throws unless a reader of this program understands the catalog as it is. */
    static void requireCurrent(Path file, Database database) throws SQLException {
        long version = checkedVersion(file, database);
        if (version == 0) {
            throw new CatalogMissingException(file);
        }
        if (version < ALL.size()) {
            throw new CatalogException(
                    "the catalog " + file + " has version " + version + ", older than the version " + ALL.size()
                            + " of this program: start the daemon once with `keepwatch run`, which brings it up to date",
                    null);
        }
    }

    private static long checkedVersion(Path file, Database database) throws SQLException {
        long version = database.number("PRAGMA user_version");
        if (version > ALL.size()) {
            throw new CatalogException(
                    "the catalog " + file + " has version " + version + ", but this program knows versions up to "
                            + ALL.size() + " only: it was written by a newer Keepwatch; install that one again",
                    null);
        }
        return version;
    }

    private static String text(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the migration " + name + " is missing from the program's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the migration " + name + " could not be read from the program's jar", e);
        }
    }
}
