-- Runs once, when the volume is empty: a database per service, named as {service} in Database__ConnectionString becomes.
-- CustomerResolution keeps nothing.
CREATE DATABASE order_ingest;
CREATE DATABASE order_journey;
CREATE DATABASE email_marketing;
CREATE DATABASE profile_store_sender;
