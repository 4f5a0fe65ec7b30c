-- Who is being erased. Few rows, so instants and ids are text, and one statement serves both databases. Address and cards are overwritten once all are done.
CREATE TABLE erasures (
    erasure_id   text    PRIMARY KEY,
    person       text    NOT NULL,
    state        text    NOT NULL,
    says         text,
    reason       text,
    email        text,
    cards        text    NOT NULL,
    card_keys    text    NOT NULL,
    round        integer NOT NULL,
    attempts     integer NOT NULL,
    woken        integer NOT NULL,
    requested_at text    NOT NULL,
    round_at     text    NOT NULL,
    updated_at   text    NOT NULL,
    finished_at  text,
    next_at      text
);
-- One at a time for a person.
CREATE UNIQUE INDEX erasures_open ON erasures (person) WHERE state <> 'done';
CREATE INDEX erasures_due ON erasures (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX erasures_newest ON erasures (requested_at, erasure_id);

CREATE TABLE erasure_parties (
    erasure_id  text    NOT NULL,
    party       text    NOT NULL,
    state       text    NOT NULL,
    round       integer NOT NULL,
    rows        bigint  NOT NULL,
    detail      text,
    answered_at text,
    PRIMARY KEY (erasure_id, party)
);

-- Which orders it is about, and the round that told the others; null = not told yet.
CREATE TABLE erasure_orders (
    erasure_id text NOT NULL,
    order_id   text NOT NULL,
    round      integer,
    PRIMARY KEY (erasure_id, order_id)
);
