-- Owner: user
CREATE TABLE users (
    id                uuid        PRIMARY KEY,
    email             text        NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    password_hash     text        NOT NULL,
    full_name         text        NOT NULL DEFAULT '' CHECK (length(full_name) <= 200),
    role              text        NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'admin')),
    version           integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
    published_version integer     NOT NULL DEFAULT 0 CHECK (published_version BETWEEN 0 AND version),
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    email_verified_at timestamptz,
    blocked_at        timestamptz,
    deleted_at        timestamptz
);
COMMENT ON COLUMN users.full_name IS
    'As given at sign-up; from then on the profile in generation-service holds the name.';
COMMENT ON COLUMN users.version IS 'Raised by what other services must hear of: sign-up and deletion.';
COMMENT ON COLUMN users.published_version IS
    'The row is the outbox: user.registered or user.deleted goes out while this lags behind version.';
COMMENT ON COLUMN users.deleted_at IS
    'The row stays, without the person, so that user.deleted is published and the id is never used again.';
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_unpublished ON users (updated_at) WHERE version > published_version;
CREATE INDEX users_newest ON users (id DESC) WHERE deleted_at IS NULL;
