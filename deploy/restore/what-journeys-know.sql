-- In OrderJourney's database, to be read by into-the-ledger.sql: which destination has said that it has an order; and orders that were under way to the profile store, which may have them.
COPY (
    SELECT j.order_id, d.key, o.kind, 'accepted', j.updated_at
    FROM order_journey.journeys j JOIN order_journey.journey_orders o USING (order_id), json_each_text(j.destinations::json) d
    WHERE d.value = 'Tracked'
    UNION ALL
    SELECT j.order_id, 'profile-store', o.kind, 'unavailable', j.updated_at
    FROM order_journey.journeys j JOIN order_journey.journey_orders o USING (order_id)
    WHERE j.customer IS NOT NULL AND coalesce(j.destinations::json ->> 'profile-store', 'Unavailable') = 'Unavailable'
) TO STDOUT;
