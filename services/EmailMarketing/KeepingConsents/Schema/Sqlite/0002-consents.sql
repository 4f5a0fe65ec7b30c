-- The latest word on a customer. The key is a hash: who never bought anything leaves no address here.
CREATE TABLE consents (
    customer_key TEXT PRIMARY KEY,
    may_be_tracked INTEGER NOT NULL,
    changed_at TEXT NOT NULL
) WITHOUT ROWID;
