-- A row for each replay. Whoever sends its next few orders holds the lease; an expired lease is anybody's.
CREATE TABLE replays (
    id                TEXT PRIMARY KEY,
    queue             TEXT NOT NULL,
    message           TEXT NOT NULL,
    filter            TEXT NOT NULL,
    orders_per_second INTEGER NOT NULL,
    state             TEXT NOT NULL,
    problem           TEXT,
    cursor            INTEGER NOT NULL,
    until             INTEGER NOT NULL,
    matched           INTEGER NOT NULL,
    sent              INTEGER NOT NULL DEFAULT 0,
    requested_at      TEXT NOT NULL,
    resumed_at        TEXT NOT NULL,
    sent_before       INTEGER NOT NULL DEFAULT 0,
    last_sent_at      TEXT,
    ended_at          TEXT,
    due_at            TEXT NOT NULL,
    owner             TEXT NOT NULL DEFAULT '',
    lease_until       TEXT NOT NULL
);
CREATE INDEX replays_running ON replays (due_at) WHERE state = 'running';
CREATE INDEX replays_listed ON replays (requested_at, id);
