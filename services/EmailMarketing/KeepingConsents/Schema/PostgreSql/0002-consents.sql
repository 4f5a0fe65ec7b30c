-- The latest word on a customer. The key is a hash: who never bought anything leaves no address here.
CREATE TABLE consents (
    customer_key text COLLATE "C" PRIMARY KEY,
    may_be_tracked boolean NOT NULL,
    changed_at timestamptz NOT NULL
) WITH (fillfactor = 80);
