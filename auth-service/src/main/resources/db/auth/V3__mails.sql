ALTER TABLE users
    ADD COLUMN email_verified_at timestamptz,
    ADD COLUMN blocked_at        timestamptz,
    ADD COLUMN deleted_at        timestamptz;
COMMENT ON COLUMN users.full_name IS 'As given at sign-up; the profile in generation-service goes on from it.';
COMMENT ON COLUMN users.deleted_at IS
    'The row stays, without the person, so that user.deleted is published and the id is never used again.';
COMMENT ON COLUMN users.version IS 'Raised by what other services must hear: signing up, and deletion.';
CREATE INDEX users_newest ON users (id DESC) WHERE deleted_at IS NULL;

ALTER TABLE refresh_tokens
    ADD COLUMN user_agent text NOT NULL DEFAULT '' CHECK (length(user_agent) <= 300),
    ADD COLUMN address    text NOT NULL DEFAULT '' CHECK (length(address) <= 64);
CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id) WHERE revoked_at IS NULL;

-- A session is a family of refresh tokens, as long as one of them still works.
CREATE VIEW sessions AS
    SELECT t.family_id AS id, t.user_id, f.created_at, t.created_at AS last_used_at, t.user_agent, t.address
    FROM refresh_tokens t
    JOIN refresh_tokens f ON f.id = t.family_id
    WHERE t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > now();

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
    'The row is the outbox, and what its link proves: the link holds the id and our HMAC of it, and works once.';
CREATE INDEX mails_unsent ON mails (next_attempt_at) WHERE sent_at IS NULL;
CREATE INDEX mails_of_user ON mails (user_id, purpose, created_at);

CREATE TABLE admin_actions (
    id                uuid        PRIMARY KEY,
    actor_id          uuid,
    action            text        NOT NULL,
    subject           text        NOT NULL,
    details           jsonb       NOT NULL DEFAULT '{}',
    version           integer     NOT NULL DEFAULT 1 CHECK (version = 1),
    published_version integer     NOT NULL DEFAULT 0 CHECK (published_version BETWEEN 0 AND version),
    created_at        timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE admin_actions IS 'On their way to the audit log of generation-service; the row is the outbox.';
CREATE INDEX admin_actions_unpublished ON admin_actions (created_at) WHERE version > published_version;
