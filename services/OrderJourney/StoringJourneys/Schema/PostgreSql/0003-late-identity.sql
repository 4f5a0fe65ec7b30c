-- What was stated about a customer, and when each answer was asked for (docs/decisions/0019). All of it is null for an order of a known card.
ALTER TABLE journeys
    ADD COLUMN customer_asked_at  timestamptz,
    ADD COLUMN failure_asked_at   timestamptz,
    ADD COLUMN card_key           text,
    ADD COLUMN card_looks_shared  boolean NOT NULL DEFAULT false,
    ADD COLUMN statement          text,
    ADD COLUMN card_moved_at      timestamptz,
    ADD COLUMN suppressed_because text;

-- Who is told when a card is registered. An order without a card is not in it.
CREATE INDEX journeys_by_card ON journeys (card_key, order_id) WHERE card_key IS NOT NULL;
CREATE INDEX journeys_card_moved ON journeys (started_at DESC, order_id DESC) WHERE card_moved_at IS NOT NULL;

-- The latest notice about each card.
CREATE TABLE card_registrations (
    card_key      text        PRIMARY KEY,
    registered_at timestamptz NOT NULL,
    email         text
);
CREATE INDEX card_registrations_oldest ON card_registrations (registered_at);
