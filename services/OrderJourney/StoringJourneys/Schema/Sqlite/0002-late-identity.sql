ALTER TABLE journeys ADD COLUMN customer_asked_at TEXT;
ALTER TABLE journeys ADD COLUMN failure_asked_at TEXT;
ALTER TABLE journeys ADD COLUMN card_key TEXT;
ALTER TABLE journeys ADD COLUMN card_looks_shared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journeys ADD COLUMN statement TEXT;
ALTER TABLE journeys ADD COLUMN card_moved_at TEXT;
ALTER TABLE journeys ADD COLUMN suppressed_because TEXT;

CREATE INDEX journeys_by_card ON journeys (card_key, order_id) WHERE card_key IS NOT NULL;
CREATE INDEX journeys_card_moved ON journeys (started_at DESC, order_id DESC) WHERE card_moved_at IS NOT NULL;

CREATE TABLE card_registrations (
    card_key      TEXT PRIMARY KEY,
    registered_at TEXT NOT NULL,
    email         TEXT
) WITHOUT ROWID;

CREATE INDEX card_registrations_oldest ON card_registrations (registered_at);
