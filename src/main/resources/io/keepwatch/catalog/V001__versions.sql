-- Paths are raw bytes. A path is split behind its last slash: directory.path || version.name is the whole path.
-- The root itself is the row with an empty name in the directory with an empty path.
-- Times are seconds since 1970 (_s) and nanoseconds within that second (_n).

CREATE TABLE root (
    id             INTEGER PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    files          INTEGER NOT NULL DEFAULT 0, -- current durable regular files
    bytes          INTEGER NOT NULL DEFAULT 0, -- their sizes
    last_durable_s INTEGER,
    last_durable_n INTEGER
);

CREATE TABLE directory (
    id      INTEGER PRIMARY KEY,
    root_id INTEGER NOT NULL REFERENCES root (id),
    path    BLOB    NOT NULL, -- with a slash at the end; empty for the root
    UNIQUE (root_id, path)
);

CREATE TABLE version (
    id               INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: a late answer cannot meet a stranger's row
    directory_id     INTEGER NOT NULL REFERENCES directory (id),
    name             BLOB    NOT NULL,
    state            INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), -- 0 pending, 1 uploading, 2 durable and current, 3 durable and past
    observed_s       INTEGER NOT NULL,
    observed_n       INTEGER NOT NULL,
    first_seen_s     INTEGER NOT NULL,
    first_seen_n     INTEGER NOT NULL,
    type             INTEGER, -- the kernel's S_IFMT bits, shifted right by 12: 8 regular, 4 directory, 10 symlink; NULL: deleted
    size             INTEGER,
    mtime_s          INTEGER,
    mtime_n          INTEGER,
    ctime_s          INTEGER,
    ctime_n          INTEGER,
    device           INTEGER,
    inode            INTEGER,
    links            INTEGER,
    mode             INTEGER,
    uid              INTEGER,
    gid              INTEGER,
    device_number    INTEGER,
    racy             INTEGER,
    owner            TEXT,
    group_name       TEXT,
    link_target      BLOB,
    xattrs           BLOB, -- for each: u16 length, name in UTF-8, u32 length, value (big-endian)
    hard_link_leader BLOB,
    sha256           BLOB,
    inconsistent     INTEGER NOT NULL,
    urgent           INTEGER NOT NULL,
    attempts         INTEGER NOT NULL,
    not_before_ms    INTEGER NOT NULL, -- since 1970
    queued           INTEGER, -- place in the queue; a later change of a waiting path keeps the place
    location         TEXT,
    durable_s        INTEGER,
    durable_n        INTEGER
);

-- One pending, one uploading and one current row a path; what a directory holds is one range of this index.
CREATE UNIQUE INDEX version_known ON version (directory_id, name, state) WHERE state < 3;
CREATE INDEX version_past ON version (directory_id, name, observed_s DESC, observed_n DESC) WHERE state = 3;
CREATE INDEX version_queue ON version (state, urgent DESC, queued, type, size, first_seen_s, first_seen_n) WHERE state < 2;
CREATE INDEX version_content ON version (sha256) WHERE state = 2 AND sha256 IS NOT NULL;
-- The other names of a file, of which all but one may be stored from a time when it had one name only.
CREATE INDEX version_inode ON version (inode, device) WHERE state = 2 AND type = 8;
CREATE INDEX version_linked ON version (inode, device) WHERE state < 3 AND links > 1;

CREATE TABLE request (
    day            TEXT    NOT NULL,
    class          TEXT    NOT NULL,
    requests       INTEGER NOT NULL,
    bytes_sent     INTEGER NOT NULL,
    bytes_received INTEGER NOT NULL,
    PRIMARY KEY (day, class)
) WITHOUT ROWID;

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
