CREATE TABLE provider_tasks (
    generation_id      uuid        PRIMARY KEY,
    user_id            uuid        NOT NULL,
    family             text        NOT NULL,
    provider_model     text        NOT NULL,
    modality           text        NOT NULL,
    input              jsonb       NOT NULL,
    files              jsonb       NOT NULL,
    status             text        NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'submitting', 'running', 'delivering', 'succeeded', 'failed')),
    provider_task_id   text,
    duplicate_task_ids text[]      NOT NULL DEFAULT '{}',
    submissions        integer     NOT NULL DEFAULT 0,
    setbacks           integer     NOT NULL DEFAULT 0,
    not_found          integer     NOT NULL DEFAULT 0,
    progress           integer     CHECK (progress BETWEEN 0 AND 100),
    result_urls        text[]      NOT NULL DEFAULT '{}',
    raw_answer         text,
    assets             jsonb,
    error_code         text,
    error_message      text,
    deadline_at        timestamptz NOT NULL,
    deadline_passed_at timestamptz,
    next_step_at       timestamptz NOT NULL DEFAULT now(),
    lease_id           uuid,
    leased_until       timestamptz,
    hints              integer     NOT NULL DEFAULT 0,
    version            integer     NOT NULL DEFAULT 0,
    published_version  integer     NOT NULL DEFAULT 0 CHECK (published_version BETWEEN 0 AND version),
    traceparent        text,
    submitted_at       timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    CHECK (status NOT IN ('running', 'delivering', 'succeeded') OR provider_task_id IS NOT NULL),
    CHECK ((status = 'succeeded') = (assets IS NOT NULL)),
    CHECK (status <> 'failed' OR error_code IS NOT NULL),
    CHECK (status <> 'submitting' OR submissions > 0)
);
COMMENT ON COLUMN provider_tasks.setbacks IS 'Failed attempts in a row at the present step; they set the back-off.';
COMMENT ON COLUMN provider_tasks.hints IS 'Callbacks received: one that comes during a step makes the next step due at once.';
COMMENT ON COLUMN provider_tasks.duplicate_task_ids IS 'Other paid tasks of the same generation, from repeated submissions.';
COMMENT ON COLUMN provider_tasks.version IS 'Counts the changes that others are told of.';
CREATE INDEX provider_tasks_due ON provider_tasks (next_step_at)
    WHERE status IN ('pending', 'submitting', 'running', 'delivering');
CREATE INDEX provider_tasks_unpublished ON provider_tasks (updated_at) WHERE version > published_version;

CREATE FUNCTION refuse_leaving_a_terminal_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'provider task of generation % is % already', OLD.generation_id, OLD.status;
END
$$;
CREATE TRIGGER provider_tasks_terminal_is_final BEFORE UPDATE ON provider_tasks
    FOR EACH ROW WHEN (OLD.status IN ('succeeded', 'failed') AND OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_leaving_a_terminal_status();
