-- What is to be erased at a destination. Few rows, so instants and ids are text, and one statement serves both databases. Address and cards are kept while the
-- destination has not answered, and no longer.
CREATE TABLE destination_erasures (
    erasure_id  text    NOT NULL,
    destination text    NOT NULL,
    round       integer NOT NULL,
    state       text    NOT NULL,
    email       text,
    cards       text,
    asked       text    NOT NULL,
    attempts    integer NOT NULL,
    detail      text,
    told        integer NOT NULL,
    next_at     text,
    PRIMARY KEY (erasure_id, destination)
);
CREATE INDEX destination_erasures_due ON destination_erasures (next_at) WHERE next_at IS NOT NULL;
