-- Owner: audit
CREATE TABLE audit_log (
    id         uuid        PRIMARY KEY DEFAULT uuid_v7(),
    actor_id   uuid,
    action     text        NOT NULL,
    subject    text        NOT NULL,
    details    jsonb       NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE audit_log IS 'What admins did; append-only. Without an actor: an operator at the command line.';
CREATE INDEX audit_log_of_subject ON audit_log (subject, id DESC);
