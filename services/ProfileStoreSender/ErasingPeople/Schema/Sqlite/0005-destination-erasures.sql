-- As on PostgreSQL.
CREATE TABLE destination_erasures (
    erasure_id  TEXT    NOT NULL,
    destination TEXT    NOT NULL,
    round       INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    email       TEXT,
    cards       TEXT,
    asked       TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    detail      TEXT,
    told        INTEGER NOT NULL,
    next_at     TEXT,
    PRIMARY KEY (erasure_id, destination)
);
CREATE INDEX destination_erasures_due ON destination_erasures (next_at) WHERE next_at IS NOT NULL;
