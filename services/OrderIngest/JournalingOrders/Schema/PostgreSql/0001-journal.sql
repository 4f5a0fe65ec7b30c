-- Old rows cost nothing: whoever looks for work uses one of the two partial indexes, which hold only what is unfinished.
CREATE TABLE orders (
    sequence        bigint GENERATED ALWAYS AS IDENTITY,
    order_id        uuid PRIMARY KEY,
    source          text NOT NULL,
    store_id        text NOT NULL,
    register_id     text,
    receipt_number  text,
    order_number    text,
    business_date   date NOT NULL,
    content_hash    bytea NOT NULL,
    body            text NOT NULL,
    received_at     timestamptz NOT NULL,
    trace_parent    text,
    publications    integer NOT NULL DEFAULT 0,
    published_at    timestamptz,
    acknowledge_by  timestamptz,
    acknowledged_at timestamptz
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX orders_unpublished ON orders (sequence) WHERE published_at IS NULL;
CREATE INDEX orders_unacknowledged ON orders (acknowledge_by) WHERE published_at IS NOT NULL AND acknowledged_at IS NULL;

CREATE TABLE rejected_inputs (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source           text NOT NULL,
    origin           text NOT NULL,
    reason           text NOT NULL,
    order_id         uuid,
    faults           text NOT NULL,
    raw              bytea NOT NULL,
    raw_hash         bytea NOT NULL,
    first_row        integer NOT NULL,
    rows             integer NOT NULL,
    times            integer NOT NULL,
    received_at      timestamptz NOT NULL,
    last_received_at timestamptz NOT NULL,
    UNIQUE (source, reason, raw_hash)
);
