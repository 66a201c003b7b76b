-- Owner: upload
-- Keeps the files from expiring. Answers false if one of them isn't the user's or was not looked at yet.
CREATE OR REPLACE FUNCTION use_uploads(p_user uuid, p_paths text[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_ready bigint;
BEGIN
    UPDATE uploads SET used_at = coalesce(used_at, now())
    WHERE user_id = p_user AND path = ANY (p_paths) AND status = 'ready';
    GET DIAGNOSTICS v_ready = ROW_COUNT;
    RETURN v_ready = (SELECT count(DISTINCT path) FROM unnest(p_paths) AS path);
END
$$;
