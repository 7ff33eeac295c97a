-- What the pack layout knows of its packs. Sizes and offsets are bytes.

CREATE TABLE pack (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order in which packs were staged
    name          TEXT    NOT NULL UNIQUE, -- as in version.location: level/epoch/sequence
    level         INTEGER NOT NULL,
    epoch         TEXT    NOT NULL,
    sequence      INTEGER NOT NULL,
    state         INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), -- 0 staged, 1 stored, 2 condemned
    bytes         INTEGER NOT NULL,
    etag           TEXT    NOT NULL,
    line_sequence INTEGER NOT NULL DEFAULT 0, -- the last sequence reserved when a version came to point to this pack
    stored_s      INTEGER,
    stored_n      INTEGER,
    condemned_s   INTEGER,
    condemned_n   INTEGER
);

-- Kept in the order of the pack, so that only the index of contents is written at random places.
CREATE TABLE chunk (
    pack_id      INTEGER NOT NULL REFERENCES pack (id) ON DELETE CASCADE,
    frame_offset INTEGER NOT NULL,
    inner_offset INTEGER NOT NULL,
    sha256       BLOB    NOT NULL,
    frame_bytes  INTEGER NOT NULL,
    size         INTEGER NOT NULL,
    PRIMARY KEY (pack_id, frame_offset, inner_offset, sha256)
) WITHOUT ROWID;

CREATE UNIQUE INDEX chunk_content ON chunk (sha256, pack_id);

-- Contents that are stored in parts; the parts are chunks.
CREATE TABLE segmented (
    id      INTEGER PRIMARY KEY,
    content BLOB    NOT NULL UNIQUE
);

CREATE TABLE segment (
    segmented_id INTEGER NOT NULL REFERENCES segmented (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    chunk        BLOB    NOT NULL,
    PRIMARY KEY (segmented_id, position)
) WITHOUT ROWID;

CREATE INDEX segment_chunk ON segment (chunk);

-- A version of any state needs its content. This also answers what version_content did.
DROP INDEX version_content;
CREATE INDEX version_needs ON version (sha256, state) WHERE sha256 IS NOT NULL;

-- The names of packs begin with a digit, the locations of other layouts do not: those cost nothing here.
CREATE INDEX version_line ON version (location) WHERE location < ':';
