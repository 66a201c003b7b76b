CREATE TABLE users (
    id                uuid        PRIMARY KEY,
    email             text        NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    password_hash     text        NOT NULL,
    full_name         text        NOT NULL DEFAULT '' CHECK (length(full_name) <= 200),
    role              text        NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'admin')),
    version           integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
    published_version integer     NOT NULL DEFAULT 0 CHECK (published_version BETWEEN 0 AND version),
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN users.published_version IS
    'The row is the outbox: user.registered goes out when this lags behind version.';
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_unpublished ON users (updated_at) WHERE version > published_version;

CREATE TABLE refresh_tokens (
    id         uuid        PRIMARY KEY,
    family_id  uuid        NOT NULL,
    user_id    uuid        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash bytea       NOT NULL CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    used_at    timestamptz,
    revoked_at timestamptz
);
COMMENT ON TABLE refresh_tokens IS
    'One row per token ever handed out; a family is one login. Only the SHA-256 of a token is kept.';
CREATE UNIQUE INDEX refresh_tokens_hash ON refresh_tokens (token_hash);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id) WHERE revoked_at IS NULL;
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);
