-- One row per order and destination. Times are ISO 8601 in UTC with seven decimals, so that they compare as text.
CREATE TABLE deliveries (
    order_id         TEXT    NOT NULL,
    destination      TEXT    NOT NULL,
    state            TEXT    NOT NULL CHECK (state IN ('sending', 'accepted', 'refused', 'suppressed', 'unavailable')),
    attempts         INTEGER NOT NULL,
    uncertain        INTEGER NOT NULL,
    repeats_unknown  INTEGER NOT NULL,
    may_have_arrived INTEGER,
    track_id         TEXT    NOT NULL,
    status_code      INTEGER,
    answer           TEXT,
    claimed_by       TEXT,
    claimed_at       TEXT,
    claimed_until    TEXT,
    first_at         TEXT    NOT NULL,
    updated_at       TEXT    NOT NULL,
    PRIMARY KEY (order_id, destination)
) WITHOUT ROWID;
