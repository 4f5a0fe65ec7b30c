-- Byte order: addresses are compared and paged as they are, whatever the server's language.
CREATE TABLE contacts (
    email text COLLATE "C" PRIMARY KEY,
    name text,
    store_id text NOT NULL,
    purchased_at timestamptz NOT NULL,
    amount numeric NOT NULL,
    currency text NOT NULL,
    order_id uuid NOT NULL
) WITH (fillfactor = 80);
