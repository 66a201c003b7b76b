-- Owner: storage
CREATE OR REPLACE VIEW file_troubles AS
    SELECT 'file-not-deleted-for-an-hour' AS trouble, count(*) AS found
    FROM file_deletions
    WHERE created_at < now() - INTERVAL '1 hour';
