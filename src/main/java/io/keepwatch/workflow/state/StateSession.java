package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.Session;
import io.keepwatch.workflow.engine.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The writer's connection, and the open runs as they were written last, so that only what changed is written again. */
final class StateSession implements Session {
    private final Database database;
    private final Map<String, Written> runs = new HashMap<>();
    private final Set<String> revisions = new HashSet<>();

    /** A run and its row. */
    record Written(long number, Run run) {}

    StateSession(Database database) {
        this.database = database;
    }

    @Override
    public Database database() {
        return database;
    }

    Map<String, Written> runs() {
        return runs;
    }

    /** Revisions whose texts are there for sure. */
    Set<String> revisions() {
        return revisions;
    }

    @Override
    public void forget() {
        runs.clear();
        revisions.clear();
    }
}
