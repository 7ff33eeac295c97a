package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The newest thousand events that were not judged. */
final class DeadLetters {
    static final int KEPT = 1_000;

    private DeadLetters() {}

    static void add(Database database, DeadLetter letter) throws SQLException {
        new Binder(database.statement(
                        "INSERT INTO dead_letter (at, problem, source, id, type, body) VALUES (?, ?, ?, ?, ?, ?)"))
                .number(letter.at().toEpochMilli())
                .text(letter.problem())
                .text(letter.source())
                .text(letter.id())
                .text(letter.type())
                .text(letter.body())
                .run();
        new Binder(database.statement(
                        "DELETE FROM dead_letter WHERE number <= (SELECT max(number) FROM dead_letter) - ?"))
                .number(KEPT)
                .run();
    }

    static List<DeadLetter> newest(Database database, int atMost) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        try (ResultSet row = new Binder(database.statement("SELECT at, problem, source, id, type, body FROM dead_letter"
                        + " ORDER BY number DESC LIMIT ?"))
                .number(atMost)
                .bound()
                .executeQuery()) {
            while (row.next()) {
                letters.add(new DeadLetter(
                        Instant.ofEpochMilli(row.getLong(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
            }
        }
        return letters;
    }
}
