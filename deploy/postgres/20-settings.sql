-- Runs once, like the file before it; the server reads this when it starts for good. As durable as the defaults: only the log of changes
-- is written less often in whole pages, at the price of a longer recovery after a crash and up to 8 GB of disk.
-- Measured: docs/decisions/0013.
ALTER SYSTEM SET max_wal_size = '8GB';
ALTER SYSTEM SET checkpoint_timeout = '15min';
ALTER SYSTEM SET wal_compression = 'lz4';
