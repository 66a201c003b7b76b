-- Owner: asset
CREATE TABLE assets (
    id             uuid        PRIMARY KEY,
    generation_id  uuid        NOT NULL REFERENCES generations (id),
    user_id        uuid        NOT NULL,
    position       integer     NOT NULL CHECK (position >= 0),
    path           text        NOT NULL,
    content_type   text        NOT NULL,
    size_bytes     bigint      NOT NULL CHECK (size_bytes > 0),
    width          integer,
    height         integer,
    duration_ms    bigint,
    thumbnail_path text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (generation_id, position)
);
CREATE INDEX assets_of_user ON assets (user_id, id DESC);
