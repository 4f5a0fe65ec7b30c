-- Old rows cost nothing: whoever looks for work uses one of the two partial indexes, which hold only what is unfinished.
CREATE TABLE orders (
    sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id        TEXT NOT NULL UNIQUE,
    source          TEXT NOT NULL,
    store_id        TEXT NOT NULL,
    register_id     TEXT,
    receipt_number  TEXT,
    order_number    TEXT,
    business_date   TEXT NOT NULL,
    content_hash    BLOB NOT NULL,
    body            TEXT NOT NULL,
    received_at     TEXT NOT NULL,
    trace_parent    TEXT,
    publications    INTEGER NOT NULL DEFAULT 0,
    published_at    TEXT,
    acknowledge_by  TEXT,
    acknowledged_at TEXT
);
CREATE INDEX orders_unpublished ON orders (sequence) WHERE published_at IS NULL;
CREATE INDEX orders_unacknowledged ON orders (acknowledge_by) WHERE published_at IS NOT NULL AND acknowledged_at IS NULL;

CREATE TABLE rejected_inputs (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    source           TEXT NOT NULL,
    origin           TEXT NOT NULL,
    reason           TEXT NOT NULL,
    order_id         TEXT,
    faults           TEXT NOT NULL,
    raw              BLOB NOT NULL,
    raw_hash         BLOB NOT NULL,
    first_row        INTEGER NOT NULL,
    rows             INTEGER NOT NULL,
    times            INTEGER NOT NULL,
    received_at      TEXT NOT NULL,
    last_received_at TEXT NOT NULL,
    UNIQUE (source, reason, raw_hash)
);
