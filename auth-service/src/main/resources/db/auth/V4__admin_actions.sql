-- Owner: admin
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
COMMENT ON TABLE admin_actions IS
    'On their way to the audit log, which generation-service keeps; the row is the outbox.';
COMMENT ON COLUMN admin_actions.actor_id IS 'Empty for an operator at the command line.';
CREATE INDEX admin_actions_unpublished ON admin_actions (created_at) WHERE version > published_version;
