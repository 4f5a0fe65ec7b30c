-- Whose purchase an order is, by the answer that was asked for last. A contact whose purchase turned out to be another's is not shown.
CREATE TABLE links (
    order_id TEXT PRIMARY KEY,
    customer_key TEXT NOT NULL,
    asked_at TEXT NOT NULL
) WITHOUT ROWID;

-- The hash that consents and links are kept under; SQLite cannot make it, so the service does.
ALTER TABLE contacts ADD COLUMN customer_key TEXT;
CREATE INDEX contacts_without_key ON contacts (email) WHERE customer_key IS NULL;
