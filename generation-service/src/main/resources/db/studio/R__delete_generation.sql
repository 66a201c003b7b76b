-- Owner: generation
-- Takes an ended generation out of its creator's sight, with its files and its link. The row stays for the ledger,
-- without what the user wrote. Answers false if it isn't the user's own, or has not ended.
CREATE OR REPLACE FUNCTION delete_generation(p_id uuid, p_user uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE generations
    SET deleted_at = now(), prompt = '', negative_prompt = NULL, input = '{}', thumbnail_path = NULL,
        provider_request = provider_request || '{"input": {}, "files": []}', favourite = false
    WHERE id = p_id
      AND user_id = p_user
      AND deleted_at IS NULL
      AND status IN ('succeeded', 'failed', 'cancelled');
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM delete_assets_of(ARRAY[p_id]);
    PERFORM delete_shares_of(ARRAY[p_id]);
    PERFORM delete_files_of(p_user, p_id);
    RETURN true;
END
$$;
