package io.keepwatch.catalog;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileVersion;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The way of a row from pending to durable, and back. */
final class UploadWrites {
    private static final String STATE_ASSIGNMENTS =
            VersionRow.STATE_COLUMNS.replace(",", " = ?,").concat(" = ?");

    private UploadWrites() {}

    /** What the steps need to know of a row. */
    private record Row(long directory, Bytes name, int state, String location) {}

    static void markUploading(WriteSession session, List<Claim> claims) throws SQLException {
        for (Claim claim : claims) {
            Optional<Row> row = row(session.database(), claim.id());
            if (row.isEmpty()) {
                beginSuperseded(session, claim);
            } else if (row.get().state >= RowState.CURRENT) {
                throw new IllegalStateException("version " + claim.id() + " is durable already and cannot be uploaded");
            } else {
                begin(session.database(), claim);
            }
        }
    }

    private static void begin(Database database, Claim claim) throws SQLException {
        Binder binder =
                new Binder(database.statement("UPDATE version SET state = 1, " + STATE_ASSIGNMENTS + " WHERE id = ?"));
        VersionRow.bindState(binder, claim.version()).number(claim.id()).run();
    }

    /** A newer change took the row's place while it was read. What was read is a state of the file all the same. */
    private static void beginSuperseded(WriteSession session, Claim claim) throws SQLException {
        Database database = session.database();
        if (claim.id() > database.number("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'version'")) {
            throw new IllegalStateException("version " + claim.id() + " was never in the catalog");
        }
        FileVersion version = claim.version();
        SplitPath path = SplitPath.of(version.path());
        long directory = session.directories().id(version.root(), path.directory());
        PendingWrites.Waiting waiting = new PendingWrites.Waiting(claim.id(), version.observed());
        PendingWrites.insert(database, claim.id(), directory, path.name(), RowState.UPLOADING, version, false, waiting);
    }

    static void markDurable(WriteSession session, List<Durable> stored) throws SQLException {
        Database database = session.database();
        Set<String> locations = new HashSet<>();
        for (Durable durable : stored) {
            Row row = row(database, durable.id())
                    .orElseThrow(() -> new IllegalStateException("version " + durable.id() + " is not in the catalog"));
            if (row.state >= RowState.CURRENT && row.location.equals(durable.location())) {
                continue;
            }
            if (row.state != RowState.UPLOADING) {
                throw new IllegalStateException("version " + durable.id() + " is not being uploaded");
            }
            retireCurrent(database, row.directory, row.name.toArray());
            promote(database, durable);
            Totals.add(database, durable.id(), 1);
            Totals.durableAt(database, row.directory, durable.at());
            locations.add(durable.location());
        }
        PackWrites.pointedTo(database, locations);
    }

    private static void promote(Database database, Durable durable) throws SQLException {
        new Binder(database.statement(
                        "UPDATE version SET state = 2, location = ?, durable_s = ?, durable_n = ?, urgent = 0,"
                                + " attempts = 0, not_before_ms = 0, queued = NULL WHERE id = ?"))
                .text(durable.location())
                .time(durable.at())
                .number(durable.id())
                .run();
    }

    /** The current row of this path, if any, becomes a past one. */
    static void retireCurrent(Database database, long directory, byte[] name) throws SQLException {
        Optional<Long> current = idOf(database, directory, name, RowState.CURRENT);
        if (current.isPresent()) {
            Totals.add(database, current.get(), -1);
            new Binder(database.statement("UPDATE version SET state = 3 WHERE id = ?"))
                    .number(current.get())
                    .run();
        }
    }

    static void markUnchanged(WriteSession session, List<Unchanged> rows) throws SQLException {
        Database database = session.database();
        for (Unchanged unchanged : rows) {
            Optional<Row> row = row(database, unchanged.id());
            if (row.isPresent() && row.get().state < RowState.CURRENT) {
                PendingWrites.delete(database, unchanged.id());
                refresh(database, row.get(), unchanged);
            }
        }
    }

    /** The size of a regular file is that of the stored bytes and stays. */
    private static void refresh(Database database, Row row, Unchanged unchanged) throws SQLException {
        new Binder(database.statement("UPDATE version SET size = iif(type = 8, size, ?), mtime_s = ?, mtime_n = ?,"
                        + " ctime_s = ?, ctime_n = ?, device = ?, inode = ?, links = ?, racy = ?"
                        + " WHERE directory_id = ? AND name = ? AND state < 3 AND state = 2 AND type = ?"))
                .number(unchanged.stat().sizeBytes())
                .time(unchanged.stat().modified())
                .time(unchanged.stat().changed())
                .number(unchanged.stat().device())
                .number(unchanged.stat().inode())
                .number(unchanged.stat().links())
                .flag(Racy.is(unchanged.stat(), unchanged.observed()))
                .number(row.directory)
                .blob(row.name.toArray())
                .number(TypeCode.of(unchanged.stat().type()))
                .run();
    }

    static void drop(WriteSession session, List<Long> ids) throws SQLException {
        PreparedStatement delete = session.database().statement("DELETE FROM version WHERE id = ? AND state < 2");
        for (long id : ids) {
            new Binder(delete).number(id).run();
        }
    }

    static void retryLater(WriteSession session, List<Long> ids, Instant notBefore) throws SQLException {
        putBack(session, ids, 1, notBefore.toEpochMilli());
    }

    static void giveBack(WriteSession session, List<Long> ids) throws SQLException {
        putBack(session, ids, 0, 0);
    }

    private static void putBack(WriteSession session, List<Long> ids, int attempt, long notBeforeMillis)
            throws SQLException {
        for (long id : ids) {
            Optional<Row> row = row(session.database(), id);
            if (row.isPresent() && row.get().state < RowState.CURRENT) {
                putBack(session.database(), id, row.get(), attempt, notBeforeMillis);
            }
        }
    }

    /** What a daemon was uploading when it ended waits again, and at once. */
    static void putBackAll(WriteSession session) throws SQLException {
        Database database = session.database();
        List<Long> ids = new java.util.ArrayList<>();
        try (ResultSet result = database.statement("SELECT id FROM version WHERE state < 2 AND state = 1")
                .executeQuery()) {
            while (result.next()) {
                ids.add(result.getLong(1));
            }
        }
        for (long id : ids) {
            putBack(database, id, row(database, id).orElseThrow(), 0, 0);
        }
    }

    private static void putBack(Database database, long id, Row row, int attempt, long notBeforeMillis)
            throws SQLException {
        if (row.state == RowState.UPLOADING
                && idOf(database, row.directory, row.name.toArray(), RowState.PENDING)
                        .isPresent()) {
            PendingWrites.delete(database, id);
            return;
        }
        new Binder(database.statement("UPDATE version SET state = 0, attempts = attempts + ?, not_before_ms = ?,"
                        + " sha256 = NULL, inconsistent = 0 WHERE id = ?"))
                .number(attempt)
                .number(notBeforeMillis)
                .number(id)
                .run();
    }

    private static Optional<Long> idOf(Database database, long directory, byte[] name, int state) throws SQLException {
        Binder select = new Binder(database.statement(
                        "SELECT id FROM version WHERE directory_id = ? AND name = ? AND state < 3 AND state = ?"))
                .number(directory)
                .blob(name)
                .number(state);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    private static Optional<Row> row(Database database, long id) throws SQLException {
        Binder select = new Binder(database.statement(
                        "SELECT directory_id, name, state, coalesce(location, '') FROM version WHERE id = ?"))
                .number(id);
        try (ResultSet row = select.bound().executeQuery()) {
            return row.next()
                    ? Optional.of(
                            new Row(row.getLong(1), Bytes.of(VersionRow.blob(row, 2)), row.getInt(3), row.getString(4)))
                    : Optional.empty();
        }
    }
}
