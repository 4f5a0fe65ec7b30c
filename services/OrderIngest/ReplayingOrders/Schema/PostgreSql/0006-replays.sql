-- Replays read the journal in the order it was written. So far only what was unfinished had such an index. Beside a large journal an operator makes it beforehand,
-- CONCURRENTLY, so that nobody waits for it here.
CREATE INDEX IF NOT EXISTS orders_in_order ON orders (sequence);

-- A row for each replay. Whoever sends its next few orders holds the lease; an expired lease is anybody's.
CREATE TABLE replays (
    id                uuid PRIMARY KEY,
    queue             text NOT NULL,
    message           text NOT NULL,
    filter            text NOT NULL,
    orders_per_second integer NOT NULL,
    state             text NOT NULL,
    problem           text,
    cursor            bigint NOT NULL,
    until             bigint NOT NULL,
    matched           bigint NOT NULL,
    sent              bigint NOT NULL DEFAULT 0,
    requested_at      timestamptz NOT NULL,
    resumed_at        timestamptz NOT NULL,
    sent_before       bigint NOT NULL DEFAULT 0,
    last_sent_at      timestamptz,
    ended_at          timestamptz,
    due_at            timestamptz NOT NULL,
    owner             text NOT NULL DEFAULT '',
    lease_until       timestamptz NOT NULL
);
CREATE INDEX replays_running ON replays (due_at) WHERE state = 'running';
CREATE INDEX replays_listed ON replays (requested_at, id);
