-- A journey's row is written for every event, so it has as few indexes as can be. What never changes once it is known, and what people look
-- for, lies in journey_orders, which is written once. The timeline is a text in the row, one JSON object per line: appending to it costs no
-- second table and no second index. Before and after: docs/decisions/0013.
ALTER TABLE journey_orders
    ALTER COLUMN body DROP NOT NULL,
    ADD COLUMN started_at     timestamptz,
    ADD COLUMN source         text,
    ADD COLUMN store_id       text,
    ADD COLUMN register_id    text,
    ADD COLUMN receipt_number text,
    ADD COLUMN order_number   text,
    ADD COLUMN business_date  date,
    ADD COLUMN kind           text,
    ADD COLUMN occurred_at    timestamptz,
    ADD COLUMN currency       text,
    ADD COLUMN gross          numeric;
INSERT INTO journey_orders (order_id) SELECT order_id FROM journeys ON CONFLICT DO NOTHING;
UPDATE journey_orders o SET
    started_at = j.started_at, source = j.source, store_id = j.store_id, register_id = j.register_id, receipt_number = j.receipt_number,
    order_number = j.order_number, business_date = j.business_date, kind = j.kind, occurred_at = j.occurred_at, currency = j.currency, gross = j.gross
FROM journeys j WHERE j.order_id = o.order_id;
ALTER TABLE journey_orders ALTER COLUMN started_at SET NOT NULL;

ALTER TABLE journeys ADD COLUMN timeline text NOT NULL DEFAULT '';
UPDATE journeys j SET timeline = t.lines
FROM (SELECT order_id, string_agg(json_build_object('at', at, 'what', what, 'detail', detail)::text || E'\n', '' ORDER BY version, part) AS lines
      FROM journey_timeline GROUP BY order_id) t
WHERE t.order_id = j.order_id;
DROP TABLE journey_timeline;

-- Dropping the columns drops their indexes too.
ALTER TABLE journeys
    DROP COLUMN source, DROP COLUMN store_id, DROP COLUMN register_id, DROP COLUMN receipt_number, DROP COLUMN order_number,
    DROP COLUMN business_date, DROP COLUMN kind, DROP COLUMN occurred_at, DROP COLUMN currency, DROP COLUMN gross;
DROP INDEX journeys_newest;
DROP INDEX journeys_by_state;

-- The operator's: what went well is not in the first.
CREATE INDEX journeys_by_state ON journeys (state, started_at DESC, order_id DESC) WHERE state <> 'Tracked';
CREATE INDEX journey_orders_newest ON journey_orders (started_at DESC, order_id DESC);
CREATE INDEX journey_orders_by_store ON journey_orders (store_id, started_at DESC, order_id DESC);
CREATE INDEX journey_orders_by_receipt ON journey_orders (receipt_number);
CREATE INDEX journey_orders_by_order_number ON journey_orders (order_number) WHERE order_number IS NOT NULL;
