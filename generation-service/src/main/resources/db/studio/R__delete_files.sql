-- Owner: storage
-- Has the files deleted whose path begins so.
CREATE OR REPLACE FUNCTION delete_files(p_bucket text, p_prefix text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO file_deletions (bucket, prefix) VALUES (p_bucket, p_prefix)
$$;
