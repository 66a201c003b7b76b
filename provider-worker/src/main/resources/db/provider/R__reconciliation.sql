-- Owner: task
-- What must hold; each row is a kind of trouble with how many tasks have it. All zero means all is well.
CREATE OR REPLACE VIEW reconciliation AS
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
