-- What may have arrived is a state of its own. A check cannot be changed here: the table is made anew.
CREATE TABLE deliveries_with_unknown (
    order_id           TEXT    NOT NULL,
    destination        TEXT    NOT NULL,
    state              TEXT    NOT NULL CHECK (state IN ('sending', 'accepted', 'refused', 'suppressed', 'unavailable', 'unknown')),
    attempts           INTEGER NOT NULL,
    uncertain          INTEGER NOT NULL,
    repeats_unknown    INTEGER NOT NULL,
    may_have_arrived   INTEGER,
    track_id           TEXT    NOT NULL,
    status_code        INTEGER,
    answer             TEXT,
    claimed_by         TEXT,
    claimed_at         TEXT,
    claimed_until      TEXT,
    first_at           TEXT    NOT NULL,
    updated_at         TEXT    NOT NULL,
    suppressed_because TEXT,
    customer_key       TEXT,
    -- When the latest request was begun; null where it was sent before this was kept.
    sent_at            TEXT,
    PRIMARY KEY (order_id, destination)
) WITHOUT ROWID;
INSERT INTO deliveries_with_unknown (order_id, destination, state, attempts, uncertain, repeats_unknown, may_have_arrived, track_id, status_code, answer, claimed_by, claimed_at,
    claimed_until, first_at, updated_at, suppressed_because, customer_key)
SELECT order_id, destination, CASE WHEN state = 'unavailable' AND may_have_arrived THEN 'unknown' ELSE state END, attempts, uncertain, repeats_unknown, may_have_arrived, track_id,
    status_code, answer, claimed_by, claimed_at, claimed_until, first_at, updated_at, suppressed_because, customer_key FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE deliveries_with_unknown RENAME TO deliveries;
