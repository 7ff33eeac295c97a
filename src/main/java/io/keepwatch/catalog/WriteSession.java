package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.Session;

/** The writer's connection and the directories it remembers. */
record WriteSession(Database database, Directories directories) implements Session {
    WriteSession(Database database) {
        this(database, new Directories(database));
    }

    @Override
    public void forget() {
        directories.forget();
    }
}
