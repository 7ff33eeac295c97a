package io.keepwatch.workflow.state;

import io.keepwatch.sqlite.own.Migrations;
import io.keepwatch.sqlite.own.Owner;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The name, versions and exceptions of {@code state.db}. */
final class StateFile implements Owner {
    static final String NAME = "state.db";
    static final Owner OWNER = new StateFile();
    static final Migrations MIGRATIONS =
            new Migrations(OWNER, StateFile.class, List.of("V001__rules.sql", "V002__traceparent.sql"));

    private StateFile() {}

    @Override
    public String name() {
        return "state of the rules";
    }

    @Override
    public StateException problem(String message, @Nullable Throwable cause) {
        return new StateException(message, cause);
    }

    @Override
    public StateException damaged(Path file, String damage, @Nullable Throwable cause) {
        return new StateException(
                "the state of the rules " + file + " is damaged (" + damage + "); nothing was moved or changed: move it"
                        + " and its -wal file away, and rules begin anew without their runs, timers and messages",
                cause);
    }

    @Override
    public StateException missing(Path file) {
        return new StateException(
                "there is no state of the rules at " + file + ": the daemon makes it, start it with `keepwatch run`",
                null);
    }
}
