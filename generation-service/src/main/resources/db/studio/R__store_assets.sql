-- Owner: asset
-- The files of a result, as the worker's event lists them; those that are there already stay. Answers how many are
-- new.
CREATE OR REPLACE FUNCTION store_assets(p_generation uuid, p_user uuid, p_assets jsonb) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    v_stored integer;
BEGIN
    INSERT INTO assets (id, generation_id, user_id, position, path, content_type, size_bytes, width, height,
                        duration_ms, thumbnail_path)
    SELECT uuid_v7(), p_generation, p_user, a.position, a.path, a."contentType", a."sizeBytes", a.width, a.height,
           a."durationMs", a."thumbnailPath"
    FROM jsonb_to_recordset(p_assets) AS a(
        position integer, path text, "contentType" text, "sizeBytes" bigint,
        width integer, height integer, "durationMs" bigint, "thumbnailPath" text)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_stored = ROW_COUNT;
    RETURN v_stored;
END
$$;
