-- Owner: mail
CREATE TABLE mails (
    id              uuid        PRIMARY KEY,
    user_id         uuid        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose         text        NOT NULL CHECK (purpose IN ('verify-email', 'reset-password')),
    language        text        NOT NULL CHECK (language IN ('ru', 'en')),
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL CHECK (expires_at > created_at),
    sent_at         timestamptz,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    used_at         timestamptz
);
COMMENT ON TABLE mails IS
    'The row is the outbox, and also what the link in the mail refers to: the link holds the id and our HMAC of it.';
COMMENT ON COLUMN mails.used_at IS 'A link works once.';
CREATE INDEX mails_unsent ON mails (next_attempt_at) WHERE sent_at IS NULL;
CREATE INDEX mails_of_user ON mails (user_id, purpose, created_at);
