-- One row per order and destination. No index mentions state or times, and pages keep room: finishing a delivery then rewrites the row in
-- its own page without touching an index.
CREATE TABLE deliveries (
    order_id         uuid        NOT NULL,
    destination      text        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('sending', 'accepted', 'refused', 'suppressed', 'unavailable')),
    attempts         integer     NOT NULL,
    uncertain        integer     NOT NULL,
    repeats_unknown  boolean     NOT NULL,
    may_have_arrived boolean,
    track_id         text        NOT NULL,
    status_code      integer,
    answer           text,
    claimed_by       uuid,
    claimed_at       timestamptz,
    claimed_until    timestamptz,
    first_at         timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    PRIMARY KEY (order_id, destination)
) WITH (fillfactor = 70);
