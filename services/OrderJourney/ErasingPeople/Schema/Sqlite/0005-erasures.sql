-- As on PostgreSQL.
CREATE TABLE erasures (
    erasure_id   TEXT    PRIMARY KEY,
    person       TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    says         TEXT,
    reason       TEXT,
    email        TEXT,
    cards        TEXT    NOT NULL,
    card_keys    TEXT    NOT NULL,
    round        INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    woken        INTEGER NOT NULL,
    requested_at TEXT    NOT NULL,
    round_at     TEXT    NOT NULL,
    updated_at   TEXT    NOT NULL,
    finished_at  TEXT,
    next_at      TEXT
);
-- One at a time for a person.
CREATE UNIQUE INDEX erasures_open ON erasures (person) WHERE state <> 'done';
CREATE INDEX erasures_due ON erasures (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX erasures_newest ON erasures (requested_at, erasure_id);

CREATE TABLE erasure_parties (
    erasure_id  TEXT    NOT NULL,
    party       TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    round       INTEGER NOT NULL,
    rows        INTEGER NOT NULL,
    detail      TEXT,
    answered_at TEXT,
    PRIMARY KEY (erasure_id, party)
);

-- Which orders it is about, and the round that told the others; null = not told yet.
CREATE TABLE erasure_orders (
    erasure_id TEXT NOT NULL,
    order_id   TEXT NOT NULL,
    round      INTEGER,
    PRIMARY KEY (erasure_id, order_id)
);
