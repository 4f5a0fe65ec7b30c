-- Runs once, like the file before it; the server reads this when it starts for good. Usual for a server that writes much, and as durable as
-- the defaults: whole pages are written to the log less often, at the price of a longer recovery after a crash and up to 8 GB of disk.
-- What that gains is not proven: docs/decisions/0013.
ALTER SYSTEM SET max_wal_size = '8GB';
ALTER SYSTEM SET checkpoint_timeout = '15min';
ALTER SYSTEM SET wal_compression = 'lz4';
-- The indexes on ids of millions of orders stay in memory (0.2 pages read per imported order beside ten million, 0.8 with the default of 128 MB).
-- A quarter of the machine's memory is usual; less than 4 GB want less.
ALTER SYSTEM SET shared_buffers = '1GB';
-- Compiling a statement takes longer than any of ours runs, and the planner, who has not counted new tables yet, takes small ones for large.
ALTER SYSTEM SET jit = off;
