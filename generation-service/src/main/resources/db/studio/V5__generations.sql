-- Owner: generation
CREATE TABLE generations (
    id                uuid        PRIMARY KEY,
    user_id           uuid        NOT NULL REFERENCES profiles (user_id),
    board_id          uuid        NOT NULL REFERENCES boards (id),
    parent_id         uuid        REFERENCES generations (id),
    batch_id          uuid,
    preset_key        text        NOT NULL,
    model_key         text        NOT NULL,
    modality          text        NOT NULL,
    prompt            text        NOT NULL,
    negative_prompt   text,
    input             jsonb       NOT NULL,
    provider_request  jsonb       NOT NULL,
    status            text        NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'processing', 'succeeded', 'failed', 'cancelled')),
    progress          integer     CHECK (progress BETWEEN 0 AND 100),
    reserved_credits  bigint      NOT NULL CHECK (reserved_credits >= 0),
    final_credits     bigint      CHECK (final_credits BETWEEN 0 AND reserved_credits),
    error_code        text,
    error_parameters  text[],
    thumbnail_path    text,
    favourite         boolean     NOT NULL DEFAULT false,
    idempotency_key   text        CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    request_hash      text        NOT NULL,
    version           integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
    published_version integer     NOT NULL DEFAULT 0 CHECK (published_version BETWEEN 0 AND version),
    published_at      timestamptz,
    provider_version  integer     NOT NULL DEFAULT 0,
    queried_at        timestamptz,
    traceparent       text,
    deadline_at       timestamptz NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    finished_at       timestamptz,
    deleted_at        timestamptz,
    CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (final_credits IS NOT NULL)),
    CHECK (deleted_at IS NULL OR status IN ('succeeded', 'failed', 'cancelled')),
    CHECK ((status = 'failed') = (error_code IS NOT NULL)),
    CHECK ((error_code IS NULL) = (error_parameters IS NULL))
);
COMMENT ON COLUMN generations.parent_id IS 'The generation that this one was made from, with changes.';
COMMENT ON COLUMN generations.batch_id IS
    'The first of the variants that were ordered together; empty for a single one.';
COMMENT ON COLUMN generations.reserved_credits IS 'Money is in hundredths of a credit everywhere in this schema.';
COMMENT ON COLUMN generations.error_parameters IS
    'What the message of error_code is completed with, in the reader''s language.';
COMMENT ON COLUMN generations.published_version IS
    'The row is the outbox: what lags behind version is published by the sweep.';
COMMENT ON COLUMN generations.provider_version IS
    'The newest provider task event applied; older ones change nothing.';
COMMENT ON COLUMN generations.queried_at IS 'When the worker was last asked about it, because nothing was heard.';
COMMENT ON COLUMN generations.deleted_at IS
    'Nobody sees it any more; the row stays for the ledger, without its prompt.';

CREATE UNIQUE INDEX generations_idempotency ON generations (user_id, idempotency_key);
CREATE INDEX generations_of_user ON generations (user_id, id DESC);
CREATE INDEX generations_of_user_by_time ON generations (user_id, created_at);
CREATE INDEX generations_of_board ON generations (board_id, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX generations_of_batch ON generations (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX generations_changes ON generations (user_id, updated_at);
CREATE INDEX generations_active ON generations (user_id) WHERE status IN ('queued', 'processing');
CREATE INDEX generations_unpublished ON generations (updated_at) WHERE version > published_version;
CREATE INDEX generations_silent ON generations (greatest(queried_at, published_at))
    WHERE status IN ('queued', 'processing');
