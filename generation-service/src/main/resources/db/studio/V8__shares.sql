-- Owner: share
CREATE TABLE shares (
    id            uuid        PRIMARY KEY,
    generation_id uuid        NOT NULL UNIQUE REFERENCES generations (id),
    created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE shares IS 'Public links; the link holds the id and our HMAC of it. Revoking deletes the row.';
