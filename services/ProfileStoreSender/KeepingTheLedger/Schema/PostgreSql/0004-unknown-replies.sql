-- What may have arrived is a state of its own to whoever asks, made of 'unavailable' and may_have_arrived: an earlier version reads these rows beside this one.
-- When the latest request was begun; null where it was sent before this was kept.
ALTER TABLE deliveries ADD COLUMN sent_at timestamptz;
