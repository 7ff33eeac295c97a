package io.keepwatch.sqlite.own;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a file to the version that this program knows. A migration that was released is never edited; each runs in a
 * transaction of its own, together with the version number it leads to ({@code PRAGMA user_version}).
 */
public final class Migrations {
    private final Owner owner;
    private final Class<?> beside;
    private final List<String> all;

    /** @param beside the class in whose package the scripts lie, which are named in their order */
    public Migrations(Owner owner, Class<?> beside, List<String> all) {
        this.owner = owner;
        this.beside = beside;
        this.all = List.copyOf(all);
    }

    public void apply(Path file, Database database) throws SQLException {
        for (long version = checkedVersion(file, database); version < all.size(); version++) {
            database.execute("BEGIN IMMEDIATE");
            try {
                database.execute(text(all.get((int) version)));
                database.execute("PRAGMA user_version = " + (version + 1));
                database.execute("COMMIT");
            } catch (SQLException e) {
                database.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /** Throws unless a reader of this program understands the file as it is. */
    public void requireCurrent(Path file, Database database) throws SQLException {
        long version = checkedVersion(file, database);
        if (version == 0) {
            throw owner.missing(file);
        }
        if (version < all.size()) {
            throw owner.problem(
                    "the " + owner.name() + " " + file + " has version " + version + ", older than the version "
                            + all.size()
                            + " of this program: start the daemon once with `keepwatch run`, which brings it up to date",
                    null);
        }
    }

    private long checkedVersion(Path file, Database database) throws SQLException {
        long version = database.number("PRAGMA user_version");
        if (version > all.size()) {
            throw owner.problem(
                    "the " + owner.name() + " " + file + " has version " + version
                            + ", but this program knows versions up to " + all.size()
                            + " only: it was written by a newer Keepwatch; install that one again",
                    null);
        }
        return version;
    }

    private String text(String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the migration " + name + " is missing from the program's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the migration " + name + " could not be read from the program's jar", e);
        }
    }
}
