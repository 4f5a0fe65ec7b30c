CREATE TABLE contacts (
    email TEXT PRIMARY KEY,
    name TEXT,
    store_id TEXT NOT NULL,
    purchased_at TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    order_id TEXT NOT NULL
) WITHOUT ROWID;
