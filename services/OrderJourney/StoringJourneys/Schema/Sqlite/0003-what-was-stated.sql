ALTER TABLE journeys ADD COLUMN tracked_for TEXT;
UPDATE journeys SET statement = CASE
    WHEN json_extract(statement, '$.from') = 'claim'
    THEN json_object('claim', json_object('hint', json_extract(statement, '$.hint'), 'statedAt', json_extract(statement, '$.statedAt')))
    ELSE json_object('notices', json_array(json_object(
        'cardKey', card_key, 'registeredAt', json_extract(statement, '$.statedAt'), 'email', json_extract(statement, '$.hint.email')))) END
WHERE statement IS NOT NULL;
