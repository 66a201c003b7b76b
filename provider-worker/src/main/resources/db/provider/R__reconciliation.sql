-- Results carry previews since all families are spoken; a cancelled task is watched to its end for the accounts.
ALTER TABLE provider_tasks
    ADD COLUMN results           jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(results) = 'array'),
    ADD COLUMN delivery_attempts integer     NOT NULL DEFAULT 0 CHECK (delivery_attempts >= 0),
    ADD COLUMN resubmissions     integer     NOT NULL DEFAULT 0 CHECK (resubmissions >= 0),
    ADD COLUMN cancelled_at      timestamptz,
    ADD COLUMN result_wanted     boolean     NOT NULL DEFAULT true;
UPDATE provider_tasks
SET results = (SELECT coalesce(jsonb_agg(jsonb_build_object('url', url)), '[]') FROM unnest(result_urls) AS url);
ALTER TABLE provider_tasks DROP COLUMN result_urls;

COMMENT ON COLUMN provider_tasks.delivery_attempts IS 'How often the provider''s files were not what they should be.';
COMMENT ON COLUMN provider_tasks.resubmissions IS
    'Submissions repeated because the answer of the one before was lost: each may have been paid for twice.';
COMMENT ON COLUMN provider_tasks.result_wanted IS
    'False for a cancelled generation that got its credits back: its outcome is only accounted for.';

-- What must hold; each row is a kind of trouble with how many tasks have it. All zero means all is well.
CREATE VIEW reconciliation AS
    SELECT 'unpublished-for-a-minute' AS trouble, count(*) AS found
    FROM provider_tasks
    WHERE version > published_version AND updated_at < now() - INTERVAL '1 minute'
    UNION ALL
    SELECT 'overdue-for-a-minute', count(*)
    FROM provider_tasks
    WHERE status IN ('pending', 'submitting', 'running', 'delivering')
      AND greatest(next_step_at, leased_until) < now() - INTERVAL '1 minute'
    UNION ALL
    SELECT 'running-for-two-days', count(*)
    FROM provider_tasks
    WHERE status IN ('pending', 'submitting', 'running', 'delivering') AND created_at < now() - INTERVAL '2 days';
