package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Run;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What there is only one run of. */
record RunIdentity(String rule, String source, String event, String key, boolean resolve) {
    static final String SELECT = "SELECT r.number, r.event, r.rule, e.source, e.id AS event_id, r.key, r.resolve"
            + " FROM run r JOIN event e ON e.number = r.event";

    static RunIdentity of(Run run) {
        return new RunIdentity(run.rule(), run.event().source(), run.event().id(), run.key(), run.resolve());
    }

    static RunIdentity of(ResultSet row) throws SQLException {
        return new RunIdentity(
                row.getString("rule"),
                row.getString("source"),
                row.getString("event_id"),
                row.getString("key"),
                row.getBoolean("resolve"));
    }
}
