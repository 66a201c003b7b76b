-- Owner: generation
CREATE OR REPLACE VIEW generation_troubles AS
    SELECT 'ended-with-open-reservation' AS trouble, count(*) AS found
    FROM generations g
    JOIN credit_open_reservations o ON o.generation_id = g.id
    WHERE g.status IN ('succeeded', 'failed', 'cancelled')
    UNION ALL
    SELECT 'active-without-open-reservation', count(*)
    FROM generations g
    WHERE g.status IN ('queued', 'processing')
      AND NOT EXISTS (SELECT FROM credit_open_reservations o WHERE o.generation_id = g.id)
    UNION ALL
    SELECT 'settled-for-another-amount', count(*)
    FROM generations g
    LEFT JOIN credit_settlements s ON s.generation_id = g.id
    WHERE g.final_credits IS NOT NULL AND g.final_credits <> coalesce(s.amount, 0)
    UNION ALL
    SELECT 'succeeded-without-file', count(*)
    FROM generations g
    WHERE g.status = 'succeeded' AND g.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM asset_generations a WHERE a.generation_id = g.id)
    UNION ALL
    SELECT 'active-ten-minutes-after-deadline', count(*)
    FROM generations g
    WHERE g.status IN ('queued', 'processing') AND g.deadline_at < now() - INTERVAL '10 minutes'
    UNION ALL
    SELECT 'unpublished-for-a-minute', count(*)
    FROM generations g
    WHERE g.version > g.published_version AND g.updated_at < now() - INTERVAL '1 minute';
