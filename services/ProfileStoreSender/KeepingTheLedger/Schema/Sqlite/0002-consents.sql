-- The latest word on a customer. The key is a hash: nobody's address is kept here.
CREATE TABLE consents (
    customer_key   TEXT    PRIMARY KEY,
    may_be_tracked INTEGER NOT NULL,
    reason         TEXT,
    changed_at     TEXT    NOT NULL,
    CHECK (may_be_tracked = (reason IS NULL))
) WITHOUT ROWID;

ALTER TABLE deliveries ADD COLUMN suppressed_because TEXT;
-- Until now there was one cause.
UPDATE deliveries SET suppressed_because = 'switched_off' WHERE state = 'suppressed';
