package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.GroupCommit;
import io.keepwatch.sqlite.own.ReaderPool;
import io.keepwatch.workflow.type.TraceParent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outbox in {@code state.db}. */
final class StateOutbox implements Outbox {
    private final GroupCommit<StateSession> writer;
    private final ReaderPool pool;

    StateOutbox(GroupCommit<StateSession> writer, ReaderPool pool) {
        this.writer = writer;
        this.pool = pool;
    }

    @FunctionalInterface
    private interface Update {
        int run(Database database) throws SQLException;
    }

    @Override
    public boolean add(Delivery delivery) {
        return write(database -> new Binder(database.statement("INSERT INTO delivery (id, target, content_type, body,"
                                + " created, attempts, due, problem, traceparent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING"))
                        .text(delivery.id())
                        .text(delivery.target())
                        .text(delivery.contentType())
                        .text(delivery.body())
                        .number(delivery.created().toEpochMilli())
                        .number(delivery.attempts())
                        .number(delivery.due().toEpochMilli())
                        .text(delivery.problem())
                        .text(delivery.trace().map(TraceParent::text).orElse(""))
                        .run())
                == 1;
    }

    @Override
    public List<Delivery> due(Instant now, int atMost) {
        return pool.read(database -> {
            List<Delivery> due = new ArrayList<>();
            try (ResultSet row = new Binder(
                            database.statement(
                                    "SELECT id, target, content_type, body, created,"
                                            + " attempts, due, problem, traceparent FROM delivery WHERE due <= ? ORDER BY number LIMIT ?"))
                    .number(now.toEpochMilli())
                    .number(atMost)
                    .bound()
                    .executeQuery()) {
                while (row.next()) {
                    due.add(new Delivery(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            Instant.ofEpochMilli(row.getLong(5)),
                            row.getInt(6),
                            Instant.ofEpochMilli(row.getLong(7)),
                            row.getString(8),
                            TraceParent.parse(row.getString(9))));
                }
            }
            return due;
        });
    }

    @Override
    public Optional<Instant> next() {
        return pool.read(database -> {
            try (ResultSet row = database.statement("SELECT min(due) FROM delivery WHERE due IS NOT NULL")
                    .executeQuery()) {
                return RunRows.time(row, 1);
            }
        });
    }

    @Override
    public void postpone(Delivery postponed) {
        write(database -> new Binder(database.statement(
                        "UPDATE delivery SET attempts = ?, due = ?, problem = ? WHERE id = ? AND ended IS NULL"))
                .number(postponed.attempts())
                .number(postponed.due().toEpochMilli())
                .text(postponed.problem())
                .text(postponed.id())
                .run());
    }

    @Override
    public void delivered(String id, int statusCode, Instant now) {
        write(database -> new Binder(database.statement("UPDATE delivery SET due = NULL, ended = ?, status_code = ?,"
                        + " body = '', problem = '', attempts = attempts + 1 WHERE id = ?"))
                .number(now.toEpochMilli())
                .number(statusCode)
                .text(id)
                .run());
    }

    @Override
    public void givenUp(String id, String problem, Instant now) {
        write(database -> new Binder(database.statement(
                        "UPDATE delivery SET due = NULL, ended = ?, body = '', problem = ? WHERE id = ?"))
                .number(now.toEpochMilli())
                .text(problem)
                .text(id)
                .run());
    }

    @Override
    public int waiting() {
        return pool.read(
                database -> Math.toIntExact(database.number("SELECT count(*) FROM delivery WHERE due IS NOT NULL")));
    }

    private int write(Update update) {
        return StateDatabase.await(writer.submit(session -> update.run(session.database())));
    }
}
