-- Runs once, when the volume is empty: for each service that keeps something a database, and a role that owns it and may enter no other.
-- CustomerResolution keeps nothing.
\set order_ingest_password `cat /run/secrets/order_ingest_password`
\set order_journey_password `cat /run/secrets/order_journey_password`
\set email_marketing_password `cat /run/secrets/email_marketing_password`
\set profile_store_sender_password `cat /run/secrets/profile_store_sender_password`

CREATE ROLE order_ingest LOGIN PASSWORD :'order_ingest_password';
CREATE ROLE order_journey LOGIN PASSWORD :'order_journey_password';
CREATE ROLE email_marketing LOGIN PASSWORD :'email_marketing_password';
CREATE ROLE profile_store_sender LOGIN PASSWORD :'profile_store_sender_password';

CREATE DATABASE order_ingest OWNER order_ingest;
CREATE DATABASE order_journey OWNER order_journey;
CREATE DATABASE email_marketing OWNER email_marketing;
CREATE DATABASE profile_store_sender OWNER profile_store_sender;

-- Everybody may connect to every database unless that is taken back; owners keep their own right.
REVOKE ALL ON DATABASE order_ingest, order_journey, email_marketing, profile_store_sender, postgres, template1 FROM PUBLIC;
