-- Since when nothing about the customer is kept of an order any more, and of an input no bytes. Replays leave such orders out.
ALTER TABLE orders ADD COLUMN erased_at timestamptz;
ALTER TABLE rejected_inputs ADD COLUMN erased_at timestamptz;
