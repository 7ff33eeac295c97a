package io.keepwatch.catalog;

/** The writer's connection and what it remembers of it. */
record WriteSession(Database database, Directories directories) {
    WriteSession(Database database) {
        this(database, new Directories(database));
    }
}
