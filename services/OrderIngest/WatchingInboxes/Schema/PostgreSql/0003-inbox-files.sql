-- A row for each time a file of an inbox was taken. While an instance works on it, it holds the lease; an expired lease is anybody's.
CREATE TABLE inbox_files (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source        text NOT NULL,
    name          text NOT NULL,
    working_file  text,
    state         text NOT NULL,
    size          bigint NOT NULL,
    sha256        bytea,
    configuration bytea,
    bytes_read    bigint NOT NULL DEFAULT 0,
    mark          bigint NOT NULL DEFAULT 0,
    accepted      bigint NOT NULL DEFAULT 0,
    duplicates    bigint NOT NULL DEFAULT 0,
    conflicts     bigint NOT NULL DEFAULT 0,
    rejected      bigint NOT NULL DEFAULT 0,
    rejected_rows bigint NOT NULL DEFAULT 0,
    rows          bigint NOT NULL DEFAULT 0,
    skipped       bigint NOT NULL DEFAULT 0,
    faults        text NOT NULL DEFAULT '[]',
    error         text,
    moved_to      text,
    same_as       bigint,
    first_seen_at timestamptz NOT NULL,
    finished_at   timestamptz,
    owner         text NOT NULL,
    lease_until   timestamptz NOT NULL,
    UNIQUE (source, working_file)
);
CREATE INDEX inbox_files_content ON inbox_files (source, sha256);
CREATE INDEX inbox_files_state ON inbox_files (state, id);
