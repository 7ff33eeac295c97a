package io.keepwatch.catalog;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes come in. A row that is observed anew gets a new id, so that an upload that began with what was known before
 * can finish under the old id and never swallows the newer change; it keeps its place in the queue.
 */
final class PendingWrites {
    private static final String LAST_ID = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'version'";

    private PendingWrites() {}

    static int add(WriteSession session, List<PendingChange> changes) throws SQLException {
        long id = session.database().number(LAST_ID);
        Set<Path> paths = new HashSet<>();
        for (PendingChange change : changes) {
            id++;
            add(session, id, change);
            paths.add(new Path(change.version().root(), change.version().path()));
        }
        return paths.size();
    }

    /** Gives the first of so many ids that no row will have but those that are claimed by them. */
    static long reserve(WriteSession session, int count) throws SQLException {
        Database database = session.database();
        long first = database.number(LAST_ID) + 1;
        new Binder(database.statement("INSERT INTO sqlite_sequence (name, seq) SELECT 'version', 0"
                        + " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'version')"))
                .run();
        new Binder(database.statement("UPDATE sqlite_sequence SET seq = ? WHERE name = 'version'"))
                .number(first + count - 1)
                .run();
        return first;
    }

    private record Path(String root, RawPath path) {}

    private static void add(WriteSession session, long id, PendingChange change) throws SQLException {
        FileVersion version = change.version();
        SplitPath path = SplitPath.of(version.path());
        long directory = session.directories().id(version.root(), path.directory());
        Waiting waiting = replaced(session.database(), directory, path.name(), new Waiting(id, version.observed()));
        boolean urgent = change.urgent() || waiting.urgent;
        insert(session.database(), id, directory, path.name(), RowState.PENDING, version, urgent, waiting);
    }

    static void insert(
            Database database,
            long id,
            long directory,
            byte[] name,
            int state,
            FileVersion version,
            boolean urgent,
            Waiting waiting)
            throws SQLException {
        Binder binder = new Binder(
                        database.statement("INSERT INTO version (id, directory_id, name, state, first_seen_s,"
                                + " first_seen_n, urgent, attempts, not_before_ms, queued, "
                                + VersionRow.STATE_COLUMNS
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + VersionRow.STATE_PARAMETERS + ")"))
                .number(id)
                .number(directory)
                .blob(name)
                .number(state)
                .time(waiting.firstSeen)
                .flag(urgent)
                .number(waiting.attempts)
                .number(urgent ? 0 : waiting.notBeforeMillis)
                .number(waiting.queued);
        VersionRow.bindState(binder, version).run();
    }

    /** Takes the pending row of this path away and gives what the next one inherits. */
    private static Waiting replaced(Database database, long directory, byte[] name, Waiting none) throws SQLException {
        Binder select = new Binder(database.statement(
                        "SELECT id, queued, first_seen_s, first_seen_n, urgent, attempts, not_before_ms FROM version"
                                + " WHERE directory_id = ? AND name = ? AND state < 3 AND state = 0"))
                .number(directory)
                .blob(name);
        long id;
        Waiting waiting;
        try (ResultSet row = select.bound().executeQuery()) {
            if (!row.next()) {
                return none;
            }
            id = row.getLong(1);
            waiting = new Waiting(
                    row.getLong(2), VersionRow.time(row, 3), row.getInt(5) != 0, row.getInt(6), row.getLong(7));
        }
        delete(database, id);
        return waiting;
    }

    static void delete(Database database, long id) throws SQLException {
        new Binder(database.statement("DELETE FROM version WHERE id = ?"))
                .number(id)
                .run();
    }

    /** What a row carries while it waits. */
    record Waiting(long queued, Instant firstSeen, boolean urgent, int attempts, long notBeforeMillis) {
        Waiting(long queued, Instant firstSeen) {
            this(queued, firstSeen, false, 0, 0);
        }
    }

    /** One statement a directory, so that a large tree needs no memory. */
    static int addDeletions(WriteSession session, String root, RawPath directory, Instant observed)
            throws SQLException {
        Database database = session.database();
        SplitPath self = SplitPath.of(directory);
        int count = 0;
        for (long id : directories(database, root, self.directory(), self.directory(), true)) {
            count += delete(database, id, "name = ?", self.name(), observed);
        }
        for (long id : within(database, root, directory)) {
            count += delete(database, id, "name > ?", new byte[0], observed);
        }
        return count;
    }

    private static List<Long> within(Database database, String root, RawPath directory) throws SQLException {
        return directory.isRoot()
                ? directories(database, root, new byte[0], new byte[0], false)
                : directories(database, root, SplitPath.inside(directory), SplitPath.behind(directory), true);
    }

    private static List<Long> directories(Database database, String root, byte[] from, byte[] to, boolean bounded)
            throws SQLException {
        String range = !bounded ? "path >= ?" : from == to ? "path = ?" : "path >= ? AND path < ?";
        Binder binder = new Binder(database.statement(
                        "SELECT id FROM directory WHERE root_id = (SELECT id FROM root WHERE name = ?) AND " + range))
                .text(root)
                .blob(from);
        if (bounded && from != to) {
            binder.blob(to);
        }
        List<Long> ids = new ArrayList<>();
        try (ResultSet row = binder.bound().executeQuery()) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    private static int delete(Database database, long directory, String names, byte[] name, Instant observed)
            throws SQLException {
        long place = database.number(LAST_ID) + 1;
        PreparedStatement insert = database.statement("INSERT OR REPLACE INTO version (directory_id, name, state,"
                + " observed_s, observed_n, first_seen_s, first_seen_n, inconsistent, urgent, attempts, not_before_ms,"
                + " queued)"
                + " SELECT v.directory_id, v.name, 0, ?, ?, iif(v.state = 0, v.first_seen_s, ?),"
                + " iif(v.state = 0, v.first_seen_n, ?), 0, v.state = 0 AND v.urgent, 0, 0, iif(v.state = 0, v.queued, ?)"
                + " FROM version v WHERE v.directory_id = ? AND v." + names + " AND v.state < 3 AND v.type IS NOT NULL"
                + " AND NOT EXISTS (SELECT 1 FROM version n WHERE n.directory_id = v.directory_id AND n.name = v.name"
                + " AND n.state < 3 AND n.state < v.state)");
        return new Binder(insert)
                .time(observed)
                .time(observed)
                .number(place)
                .number(directory)
                .blob(name)
                .run();
    }
}
