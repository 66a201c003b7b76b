-- Owner: storage
CREATE TABLE file_deletions (
    id         uuid        PRIMARY KEY DEFAULT uuid_v7(),
    bucket     text        NOT NULL CHECK (bucket IN ('uploads', 'outputs', 'thumbnails')),
    prefix     text        NOT NULL CHECK (length(prefix) > 36),
    due_at     timestamptz NOT NULL DEFAULT now(),
    attempts   integer     NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE file_deletions IS 'Files that nobody may see any more; a job deletes them, and the row after them.';
CREATE INDEX file_deletions_due ON file_deletions (due_at);
