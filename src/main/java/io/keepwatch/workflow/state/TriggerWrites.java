package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.workflow.engine.Changes.StateKey;
import io.keepwatch.workflow.engine.KeyState;
import io.keepwatch.workflow.engine.Silence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what triggers remember, when steps ran last, and silences. */
final class TriggerWrites {
    private TriggerWrites() {}

    static void forget(Database database, String rule) throws SQLException {
        new Binder(database.statement("DELETE FROM trigger_state WHERE rule = ?"))
                .text(rule)
                .run();
    }

    /** @param kept names of rules, each with the hash of its trigger */
    static void keepOnly(Database database, Set<String> kept) throws SQLException {
        List<String> others = new ArrayList<>();
        try (ResultSet row = database.statement("SELECT DISTINCT rule, trigger_hash FROM trigger_state")
                .executeQuery()) {
            while (row.next()) {
                if (!kept.contains(row.getString(1) + " " + row.getString(2))) {
                    others.add(row.getString(1));
                }
            }
        }
        for (String rule : others) {
            forget(database, rule);
        }
    }

    static void state(Database database, StateKey key, KeyState state) throws SQLException {
        new Binder(database.statement("INSERT INTO trigger_state (rule, key, trigger_hash, state) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (rule, key) DO UPDATE SET trigger_hash = excluded.trigger_hash,"
                        + " state = excluded.state"))
                .text(key.rule())
                .text(key.key())
                .text(key.onHash())
                .text(RecordJson.keyState(state))
                .run();
    }

    static void lastTime(Database database, Map.Entry<String, Instant> time) throws SQLException {
        new Binder(database.statement("INSERT INTO last_time (key, at) VALUES (?, ?)"
                        + " ON CONFLICT (key) DO UPDATE SET at = excluded.at"))
                .text(time.getKey())
                .number(time.getValue().toEpochMilli())
                .run();
    }

    static void silence(Database database, Silence silence) throws SQLException {
        new Binder(database.statement("INSERT INTO silence (id, rule, subject, until, comment) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET rule = excluded.rule, subject = excluded.subject,"
                        + " until = excluded.until, comment = excluded.comment"))
                .text(silence.id())
                .text(silence.rule())
                .text(silence.subject())
                .number(silence.until().toEpochMilli())
                .text(silence.comment())
                .run();
    }
}
