-- What stood beside rows in their file (its end, a damaged row) and may have cost them others: their own bytes do not say it, and they are read again alone.
ALTER TABLE rejected_inputs ADD COLUMN edge TEXT;
