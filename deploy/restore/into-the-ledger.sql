-- In ProfileStoreSender's database, where the ledger was lost or is older than the journeys; on standard input what what-journeys-know.sql says. What a destination has is accepted, what may
-- have arrived counts as such: asked for, or sent again and counted. What the ledger knows better stays.
-- Profile Store tells events apart by an id made of the order's and the type of event: -v sale=... -v return=... where ProfileStore:EventType or :ReturnEventType is set. For the other
-- destinations the order's own id stands in its place; nobody asks them by it.
\if :{?sale}
\else
\set sale StorePurchase
\endif
\if :{?return}
\else
\set return StoreReturn
\endif
BEGIN;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" SCHEMA public;
CREATE TEMPORARY TABLE known (order_id uuid, destination text, kind text, state text, at timestamptz) ON COMMIT DROP;
\copy known FROM pstdin
INSERT INTO profile_store_sender.deliveries AS d
    (order_id, destination, state, attempts, uncertain, repeats_unknown, may_have_arrived, track_id, answer, first_at, updated_at, sent_at)
SELECT order_id, destination, state, 1, 0, false, state = 'unavailable',
    CASE destination
        WHEN 'profile-store' THEN public.uuid_generate_v5('6f0d5f0c-5a3e-5b53-9c0e-0b8f1c1c7a11', order_id::text || '|profile-store|' || CASE kind WHEN 'Return' THEN :'return' ELSE :'sale' END)
        ELSE order_id END::text,
    'restored from the journey', at, at, at
FROM known
ON CONFLICT (order_id, destination) DO UPDATE SET
    state = 'accepted', answer = excluded.answer, may_have_arrived = false, claimed_by = NULL, claimed_at = NULL, claimed_until = NULL, updated_at = excluded.updated_at
WHERE d.state <> 'accepted' AND excluded.state = 'accepted';
COMMIT;
