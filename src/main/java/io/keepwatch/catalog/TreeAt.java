package io.keepwatch.catalog;

import io.keepwatch.file.RawPath;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Walks the versions that the paths of a subtree had at a time, in the order of their bytes. Directories come in that
 * order by themselves; the rows of a directory and those beneath it interleave ({@code a}, {@code a-b}, {@code a/x}), so
 * one cursor stays open for each directory on the way down, and memory grows with the depth alone.
 */
final class TreeAt {
    static final String CURRENT = "SELECT " + VersionRow.COLUMNS
            + " FROM version v WHERE v.directory_id = ?1 AND v.name BETWEEN ?2 AND ?3"
            + " AND v.state < 3 AND v.state = 2 ORDER BY v.name";
    static final String AT = "SELECT " + VersionRow.COLUMNS
            + " FROM version v WHERE v.directory_id = ?1 AND v.name BETWEEN ?2 AND ?3"
            + " AND v.state < 3 AND v.state = 2 AND (v.observed_s, v.observed_n) <= (?4, ?5)"
            + " UNION ALL SELECT " + VersionRow.COLUMNS
            + " FROM version v WHERE v.directory_id = ?1 AND v.name BETWEEN ?2 AND ?3"
            + " AND v.state = 3 AND (v.observed_s, v.observed_n) <= (?4, ?5)"
            + " ORDER BY 2, 4 DESC, 5 DESC, 1 DESC";

    /** Above the empty name: that row is the root itself, which is given first. */
    private static final byte[] FIRST_NAME = {0};

    /** Behind every name: the kernel allows 255 bytes. */
    static final byte[] LAST_NAME = lastName();

    private final Database database;
    private final String root;
    private final Optional<Instant> time;
    private final boolean withDeletions;
    private final Consumer<CatalogVersion> each;
    private final Deque<Rows> open = new ArrayDeque<>();

    TreeAt(
            Database database,
            String root,
            Optional<Instant> time,
            boolean withDeletions,
            Consumer<CatalogVersion> each) {
        this.database = database;
        this.root = root;
        this.time = time;
        this.withDeletions = withDeletions;
        this.each = each;
    }

    private static byte[] lastName() {
        byte[] name = new byte[256];
        Arrays.fill(name, (byte) 0xFF);
        return name;
    }

    void walk(RawPath prefix) throws SQLException {
        database.execute("BEGIN");
        try {
            walkSelf(prefix);
            walkBeneath(prefix);
        } finally {
            while (!open.isEmpty()) {
                open.pop().close();
            }
            database.execute("ROLLBACK");
        }
    }

    private void walkSelf(RawPath prefix) throws SQLException {
        SplitPath self = SplitPath.of(prefix);
        try (PreparedStatement select = directories("d.path = ?")) {
            Binder binder = new Binder(select).text(root).blob(self.directory());
            try (ResultSet directory = binder.bound().executeQuery()) {
                if (directory.next()) {
                    open.push(new Rows(directory.getLong(1), self.directory(), self.name(), self.name()));
                    open.peek().drain();
                    open.pop().close();
                }
            }
        }
    }

    private void walkBeneath(RawPath prefix) throws SQLException {
        try (PreparedStatement select = directories(prefix.isRoot() ? "d.path >= ?" : "d.path >= ? AND d.path < ?")) {
            Binder binder = new Binder(select).text(root).blob(SplitPath.inside(prefix));
            if (!prefix.isRoot()) {
                binder.blob(SplitPath.behind(prefix));
            }
            try (ResultSet directory = binder.bound().executeQuery()) {
                while (directory.next()) {
                    enter(directory.getLong(1), VersionRow.blob(directory, 2));
                }
            }
        }
        while (!open.isEmpty()) {
            leave();
        }
    }

    private PreparedStatement directories(String range) throws SQLException {
        return database.newStatement("SELECT d.id, d.path FROM directory d"
                + " WHERE d.root_id = (SELECT id FROM root WHERE name = ?) AND " + range + " ORDER BY d.path");
    }

    private void enter(long id, byte[] path) throws SQLException {
        while (!open.isEmpty() && !open.peek().holds(path)) {
            leave();
        }
        if (!open.isEmpty()) {
            open.peek().drainBefore(path);
        }
        open.push(new Rows(id, path, FIRST_NAME, LAST_NAME));
    }

    private void leave() throws SQLException {
        open.peek().drain();
        open.pop().close();
    }

    /** The rows of one directory, of which those before a path may be given, and the rest later. */
    private final class Rows {
        private final byte[] directory;
        private final PreparedStatement select;
        private final ResultSet row;
        private boolean more;
        private byte[] given = {'/'};

        Rows(long id, byte[] directory, byte[] from, byte[] to) throws SQLException {
            this.directory = directory;
            this.select = database.newStatement(time.isPresent() ? AT : CURRENT);
            Binder binder = new Binder(select).number(id).blob(from).blob(to);
            if (time.isPresent()) {
                binder.time(time.get());
            }
            this.row = select.executeQuery();
            this.more = row.next();
        }

        boolean holds(byte[] path) {
            return path.length >= directory.length
                    && Arrays.equals(path, 0, directory.length, directory, 0, directory.length);
        }

        void drain() throws SQLException {
            while (more) {
                give();
            }
        }

        void drainBefore(byte[] path) throws SQLException {
            while (more && Arrays.compareUnsigned(SplitPath.join(directory, VersionRow.name(row)), path) < 0) {
                give();
            }
        }

        /** The first row of a name is the newest; the older ones that follow are passed over. */
        private void give() throws SQLException {
            byte[] name = VersionRow.name(row);
            boolean newest = !Arrays.equals(name, given);
            given = name;
            if (newest && (withDeletions || !VersionRow.isDeletion(row))) {
                each.accept(VersionRow.read(row, root, directory));
            }
            more = row.next();
        }

        void close() throws SQLException {
            row.close();
            select.close();
        }
    }
}
