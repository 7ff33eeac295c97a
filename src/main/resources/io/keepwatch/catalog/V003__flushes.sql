-- Uploads that became durable, for the time line. Times are milliseconds, at_ms since 1970.

CREATE TABLE flush (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms          INTEGER NOT NULL,
    versions       INTEGER NOT NULL,
    deletions      INTEGER NOT NULL,
    uploaded_bytes INTEGER NOT NULL,
    latency_ms     INTEGER NOT NULL
);

CREATE INDEX flush_at ON flush (at_ms);
