-- A row for each time a file of an inbox was taken. While an instance works on it, it holds the lease; an expired lease is anybody's.
CREATE TABLE inbox_files (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    source        TEXT NOT NULL,
    name          TEXT NOT NULL,
    working_file  TEXT,
    state         TEXT NOT NULL,
    size          INTEGER NOT NULL,
    sha256        BLOB,
    configuration BLOB,
    bytes_read    INTEGER NOT NULL DEFAULT 0,
    mark          INTEGER NOT NULL DEFAULT 0,
    accepted      INTEGER NOT NULL DEFAULT 0,
    duplicates    INTEGER NOT NULL DEFAULT 0,
    conflicts     INTEGER NOT NULL DEFAULT 0,
    rejected      INTEGER NOT NULL DEFAULT 0,
    rejected_rows INTEGER NOT NULL DEFAULT 0,
    rows          INTEGER NOT NULL DEFAULT 0,
    skipped       INTEGER NOT NULL DEFAULT 0,
    faults        TEXT NOT NULL DEFAULT '[]',
    error         TEXT,
    moved_to      TEXT,
    same_as       INTEGER,
    first_seen_at TEXT NOT NULL,
    finished_at   TEXT,
    owner         TEXT NOT NULL,
    lease_until   TEXT NOT NULL,
    UNIQUE (source, working_file)
);
CREATE INDEX inbox_files_content ON inbox_files (source, sha256);
CREATE INDEX inbox_files_state ON inbox_files (state, id);
