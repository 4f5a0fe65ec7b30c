-- Rejected input can be found by whatever somebody looks for, and repaired. Every list is read in the order of (received_at, id) from an index that begins with
-- what it is filtered by, so that a page costs the same beside a million others.
ALTER TABLE rejected_inputs ADD COLUMN format TEXT;
ALTER TABLE rejected_inputs ADD COLUMN layout TEXT;
ALTER TABLE rejected_inputs ADD COLUMN header_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rejected_inputs ADD COLUMN file TEXT;
ALTER TABLE rejected_inputs ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rejected_inputs ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE rejected_inputs ADD COLUMN state_at TEXT;
ALTER TABLE rejected_inputs ADD COLUMN state_by TEXT;
ALTER TABLE rejected_inputs ADD COLUMN note TEXT;
ALTER TABLE rejected_inputs ADD COLUMN edited BLOB;
ALTER TABLE rejected_inputs ADD COLUMN edited_format TEXT;
UPDATE rejected_inputs SET file = substr(origin, 8) WHERE origin LIKE 'import %';
-- For lists that are not filtered, which say so by "id > 0": were it open to the others, the planner would take it for a source that it believes to be as large
-- as the rest, and read a million rows of another source to find three.
CREATE INDEX rejected_inputs_by_state ON rejected_inputs (state, received_at, id) WHERE id > 0;
CREATE INDEX rejected_inputs_by_source ON rejected_inputs (source, state, received_at, id);
CREATE INDEX rejected_inputs_by_file ON rejected_inputs (file, state, received_at, id) WHERE file IS NOT NULL;
CREATE INDEX rejected_inputs_changed ON rejected_inputs (state, received_at, id) WHERE reason = 'changed-after-acceptance';
-- For counts, which say "id > 0" too: a list must not gather everything from here and sort it.
CREATE INDEX rejected_inputs_counted ON rejected_inputs (state, source, reason, file) WHERE id > 0;
CREATE INDEX rejected_inputs_closed ON rejected_inputs (state_at) WHERE state <> 'open';
-- Kept by an earlier version: the service fills in the format and the kinds of fault.
CREATE INDEX rejected_inputs_unclassified ON rejected_inputs (id) WHERE format IS NULL;

-- What is wrong, each kind once per input: the columns beside the kind are those of the input, so that counts and lists need not look there.
CREATE TABLE rejected_faults (
    rejected_id INTEGER NOT NULL REFERENCES rejected_inputs (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL,
    source      TEXT NOT NULL,
    file        TEXT,
    received_at TEXT NOT NULL,
    PRIMARY KEY (rejected_id, kind)
) WITHOUT ROWID;
CREATE INDEX rejected_faults_by_kind ON rejected_faults (kind, state, received_at, rejected_id, source, file);
CREATE INDEX rejected_faults_counted ON rejected_faults (state, source, kind, file) WHERE rejected_id > 0;
