-- Whose profiles an order went to; a claim and the notices are kept side by side, where one of them was.
ALTER TABLE journeys ADD COLUMN tracked_for text;
UPDATE journeys SET statement = CASE
    WHEN statement::json ->> 'from' = 'claim'
    THEN json_build_object('claim', json_build_object('hint', statement::json -> 'hint', 'statedAt', statement::json -> 'statedAt'))
    ELSE json_build_object('notices', json_build_array(json_build_object(
        'cardKey', card_key, 'registeredAt', statement::json -> 'statedAt', 'email', statement::json -> 'hint' ->> 'email'))) END::text
WHERE statement IS NOT NULL;
