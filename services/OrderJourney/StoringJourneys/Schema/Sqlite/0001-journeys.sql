CREATE TABLE journeys (
    order_id           TEXT PRIMARY KEY,
    version            INTEGER NOT NULL,
    state              TEXT NOT NULL,
    source             TEXT,
    store_id           TEXT,
    register_id        TEXT,
    receipt_number     TEXT,
    order_number       TEXT,
    business_date      TEXT,
    kind               TEXT,
    occurred_at        TEXT,
    currency           TEXT,
    gross              TEXT,
    has_order          INTEGER NOT NULL,
    received_at        TEXT,
    customer           TEXT,
    resolution_failure TEXT,
    destinations       TEXT NOT NULL,
    deadline_over      INTEGER NOT NULL,
    attempts           INTEGER NOT NULL,
    next_check_at      TEXT,
    started_at         TEXT NOT NULL,
    state_since        TEXT NOT NULL,
    updated_at         TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX journeys_overdue ON journeys (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX journeys_by_state ON journeys (state, started_at DESC, order_id);
CREATE INDEX journeys_newest ON journeys (started_at DESC, order_id);
CREATE INDEX journeys_by_store ON journeys (store_id, started_at DESC, order_id);
CREATE INDEX journeys_by_receipt ON journeys (receipt_number);

CREATE TABLE journey_orders (
    order_id TEXT PRIMARY KEY,
    body     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE journey_timeline (
    order_id TEXT NOT NULL,
    version  INTEGER NOT NULL,
    part     INTEGER NOT NULL,
    at       TEXT NOT NULL,
    what     TEXT NOT NULL,
    detail   TEXT,
    PRIMARY KEY (order_id, version, part)
) WITHOUT ROWID;
