-- Owner: task
CREATE TABLE provider_tasks (
    generation_id      uuid        PRIMARY KEY,
    user_id            uuid        NOT NULL,
    family             text        NOT NULL,
    provider_model     text        NOT NULL,
    modality           text        NOT NULL,
    input              jsonb       NOT NULL,
    files              jsonb       NOT NULL,
    deadline_at        timestamptz NOT NULL,

    status             text        NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'submitting', 'running', 'delivering', 'succeeded', 'failed')),
    provider_task_id   text,
    duplicate_task_ids text[]      NOT NULL DEFAULT '{}',
    submissions        integer     NOT NULL DEFAULT 0,
    resubmissions      integer     NOT NULL DEFAULT 0 CHECK (resubmissions >= 0),
    submitted_at       timestamptz,
    callbacks          integer     NOT NULL DEFAULT 0,
    setbacks           integer     NOT NULL DEFAULT 0,
    not_found          integer     NOT NULL DEFAULT 0,
    delivery_attempts  integer     NOT NULL DEFAULT 0 CHECK (delivery_attempts >= 0),
    progress           integer     CHECK (progress BETWEEN 0 AND 100),
    results            jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(results) = 'array'),
    raw_answer         text,
    assets             jsonb,
    error_code         text,
    error_parameters   text[]      NOT NULL DEFAULT '{}',
    deadline_passed_at timestamptz,
    cancelled_at       timestamptz,
    result_wanted      boolean     NOT NULL DEFAULT true,

    next_step_at       timestamptz NOT NULL DEFAULT now(),
    lease_id           uuid,
    leased_until       timestamptz,

    version            integer     NOT NULL DEFAULT 0,
    published_version  integer     NOT NULL DEFAULT 0 CHECK (published_version BETWEEN 0 AND version),
    traceparent        text,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),

    CHECK (status NOT IN ('running', 'delivering', 'succeeded') OR provider_task_id IS NOT NULL),
    CHECK ((status = 'succeeded') = (assets IS NOT NULL)),
    CHECK (status <> 'failed' OR error_code IS NOT NULL),
    CHECK (status <> 'submitting' OR submissions > 0),
    CHECK (error_code IS NOT NULL OR error_parameters = '{}')
);
COMMENT ON COLUMN provider_tasks.duplicate_task_ids IS
    'Other paid tasks of the same generation, from repeated submissions.';
COMMENT ON COLUMN provider_tasks.resubmissions IS
    'Submissions repeated because the answer of the one before was lost: each may have been paid for twice.';
COMMENT ON COLUMN provider_tasks.callbacks IS
    'Callbacks received: one that comes during a step makes the next step due at once.';
COMMENT ON COLUMN provider_tasks.setbacks IS 'Failed attempts in a row at the present step; they set the back-off.';
COMMENT ON COLUMN provider_tasks.not_found IS 'How many times in a row the provider did not know the task.';
COMMENT ON COLUMN provider_tasks.delivery_attempts IS
    'How often the provider''s files were not what they should be.';
COMMENT ON COLUMN provider_tasks.error_parameters IS 'What stands in the places {0}, {1} … of the message error_code.';
COMMENT ON COLUMN provider_tasks.result_wanted IS
    'False for a cancelled generation that got its credits back: its outcome is only accounted for.';
COMMENT ON COLUMN provider_tasks.version IS 'Counts the changes that others are told of.';

CREATE INDEX provider_tasks_due ON provider_tasks (next_step_at)
    WHERE status IN ('pending', 'submitting', 'running', 'delivering');
CREATE INDEX provider_tasks_unpublished ON provider_tasks (updated_at) WHERE version > published_version;
CREATE INDEX provider_tasks_of_user ON provider_tasks (user_id);
CREATE INDEX provider_tasks_ended ON provider_tasks (updated_at) WHERE status IN ('succeeded', 'failed');
