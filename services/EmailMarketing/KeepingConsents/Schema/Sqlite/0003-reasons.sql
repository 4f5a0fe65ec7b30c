-- A word for each customer and reason: what allows one thing does not allow the other. 'any' is a word that allows and names no reason.
CREATE TABLE consents_by_reason (
    customer_key TEXT NOT NULL,
    reason TEXT NOT NULL,
    may_be_tracked INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (customer_key, reason),
    CHECK (may_be_tracked OR reason <> 'any')
) WITHOUT ROWID;
-- Why somebody may not be a contact was not kept until now: only a word that allows lifts it.
INSERT INTO consents_by_reason (customer_key, reason, may_be_tracked, changed_at)
SELECT customer_key, CASE WHEN may_be_tracked THEN 'any' ELSE 'unknown' END, may_be_tracked, changed_at FROM consents;
DROP TABLE consents;
ALTER TABLE consents_by_reason RENAME TO consents;
