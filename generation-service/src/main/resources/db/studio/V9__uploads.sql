-- Owner: upload
CREATE TABLE uploads (
    path         text        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES profiles (user_id),
    purpose      text        NOT NULL,
    content_type text        NOT NULL,
    size_bytes   bigint      NOT NULL CHECK (size_bytes > 0),
    status       text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'ready')),
    used_at      timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE uploads IS
    'A file that a user announced. Clients write to incoming/…; only what was looked at and cleaned gets to path.';
CREATE INDEX uploads_of_user ON uploads (user_id);
CREATE INDEX uploads_unused ON uploads (created_at) WHERE used_at IS NULL;
