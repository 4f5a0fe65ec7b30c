-- One row per order. Room is left on each page, so that the two or three updates of a row stay on it.
CREATE TABLE journeys (
    order_id           uuid        PRIMARY KEY,
    version            int         NOT NULL,
    state              text        NOT NULL,
    source             text,
    store_id           text,
    register_id        text,
    receipt_number     text,
    order_number       text,
    business_date      date,
    kind               text,
    occurred_at        timestamptz,
    currency           text,
    gross              numeric,
    has_order          boolean     NOT NULL,
    received_at        timestamptz,
    customer           text,
    resolution_failure text,
    destinations       text        NOT NULL,
    deadline_over      boolean     NOT NULL,
    attempts           int         NOT NULL,
    next_check_at      timestamptz,
    started_at         timestamptz NOT NULL,
    state_since        timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL
) WITH (fillfactor = 60);

-- The sweeper's: finished journeys are not in it.
CREATE INDEX journeys_overdue ON journeys (next_check_at) WHERE next_check_at IS NOT NULL;
-- The operator's: what went well is not in the first.
CREATE INDEX journeys_by_state ON journeys (state, started_at DESC, order_id) WHERE state <> 'Tracked';
CREATE INDEX journeys_newest ON journeys (started_at DESC, order_id);
CREATE INDEX journeys_by_store ON journeys (store_id, started_at DESC, order_id);
CREATE INDEX journeys_by_receipt ON journeys (receipt_number);
CREATE INDEX journeys_by_order_number ON journeys (order_number) WHERE order_number IS NOT NULL;

-- The order itself, written once, apart from the row that changes.
CREATE TABLE journey_orders (
    order_id uuid PRIMARY KEY,
    body     text NOT NULL
);

CREATE TABLE journey_timeline (
    order_id uuid        NOT NULL,
    version  int         NOT NULL,
    part     int         NOT NULL,
    at       timestamptz NOT NULL,
    what     text        NOT NULL,
    detail   text,
    PRIMARY KEY (order_id, version, part)
);
