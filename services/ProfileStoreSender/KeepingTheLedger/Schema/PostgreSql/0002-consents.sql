-- The latest word on a customer. The key is a hash: nobody's address is kept here.
CREATE TABLE consents (
    customer_key   text        COLLATE "C" PRIMARY KEY,
    may_be_tracked boolean     NOT NULL,
    reason         text        COLLATE "C",
    changed_at     timestamptz NOT NULL,
    CHECK (may_be_tracked = (reason IS NULL))
);

ALTER TABLE deliveries ADD COLUMN suppressed_because text;
-- Until now there was one cause.
UPDATE deliveries SET suppressed_because = 'switched_off' WHERE state = 'suppressed';
