-- Whose purchase an order is, by the answer that was asked for last. A contact whose purchase turned out to be another's is not shown.
CREATE TABLE links (
    order_id uuid PRIMARY KEY,
    customer_key text COLLATE "C" NOT NULL,
    asked_at timestamptz NOT NULL
) WITH (fillfactor = 80);

-- The hash that consents and links are kept under; where SQL cannot make it, the service does.
ALTER TABLE contacts ADD COLUMN customer_key text COLLATE "C";
UPDATE contacts SET customer_key = encode(sha256(convert_to(email, 'UTF8')), 'hex') WHERE octet_length(email) = char_length(email);
CREATE INDEX contacts_without_key ON contacts (email) WHERE customer_key IS NULL;
