-- What may have arrived is a state of its own. Rows of before were checked already: NOT VALID saves reading them again.
ALTER TABLE deliveries DROP CONSTRAINT deliveries_state_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_state_check
    CHECK (state IN ('sending', 'accepted', 'refused', 'suppressed', 'unavailable', 'unknown')) NOT VALID;
UPDATE deliveries SET state = 'unknown' WHERE state = 'unavailable' AND may_have_arrived;

-- When the latest request was begun; null where it was sent before this was kept.
ALTER TABLE deliveries ADD COLUMN sent_at timestamptz;
