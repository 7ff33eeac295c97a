-- Times are milliseconds since 1970; values are JSON as ValueJson writes it.

-- Texts of rule files, and which of them were one set of rules: runs finish on the set they began with.
CREATE TABLE rule_file (hash TEXT PRIMARY KEY, path TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE revision (
  hash TEXT NOT NULL,
  position INTEGER NOT NULL,
  file_hash TEXT NOT NULL REFERENCES rule_file (hash),
  PRIMARY KEY (hash, position)
) WITHOUT ROWID;

CREATE TABLE event (
  number INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (id, source)
);
CREATE INDEX event_accepted ON event (accepted);

CREATE TABLE run (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  rule TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (number),
  key TEXT NOT NULL,
  resolve INTEGER NOT NULL,
  -- How the rule saw the event, where that differs: with some of its paths, or joined with others.
  seen TEXT,
  previous TEXT,
  revision TEXT NOT NULL,
  created INTEGER NOT NULL,
  ended INTEGER,
  status TEXT NOT NULL,
  problem TEXT NOT NULL,
  UNIQUE (event, rule, key, resolve)
);
CREATE INDEX run_open ON run (number) WHERE ended IS NULL;
CREATE INDEX run_ended ON run (ended) WHERE ended IS NOT NULL;
CREATE INDEX run_rule ON run (rule, number);
CREATE INDEX run_status ON run (status, number);
CREATE INDEX run_revision ON run (revision);

CREATE TABLE step (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  path TEXT NOT NULL,
  position INTEGER NOT NULL,
  status TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  until INTEGER,
  result TEXT NOT NULL,
  PRIMARY KEY (run, path)
) WITHOUT ROWID;

CREATE TABLE trigger_state (
  rule TEXT NOT NULL,
  key TEXT NOT NULL,
  trigger_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (rule, key)
) WITHOUT ROWID;

CREATE TABLE last_time (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE silence (
  id TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  subject TEXT NOT NULL,
  until INTEGER NOT NULL,
  comment TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE dead_letter (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  problem TEXT NOT NULL,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL
);

-- due: NULL once it is delivered or given up.
CREATE TABLE delivery (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  target TEXT NOT NULL,
  content_type TEXT NOT NULL,
  body TEXT NOT NULL,
  created INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER,
  ended INTEGER,
  status_code INTEGER,
  problem TEXT NOT NULL
);
CREATE INDEX delivery_due ON delivery (due) WHERE due IS NOT NULL;
CREATE INDEX delivery_ended ON delivery (ended) WHERE ended IS NOT NULL;
