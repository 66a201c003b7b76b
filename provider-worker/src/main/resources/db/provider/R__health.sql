-- Owner: task
-- How the provider is doing, for admins: tasks under way by status, and how many ended in the last hour.
CREATE OR REPLACE VIEW health AS
    SELECT status, count(*) AS tasks, extract(epoch FROM now() - min(created_at))::bigint AS oldest_seconds
    FROM provider_tasks
    WHERE status IN ('pending', 'submitting', 'running', 'delivering')
    GROUP BY status
    UNION ALL
    SELECT status, count(*), 0
    FROM provider_tasks
    WHERE status IN ('succeeded', 'failed') AND updated_at > now() - INTERVAL '1 hour'
    GROUP BY status;
