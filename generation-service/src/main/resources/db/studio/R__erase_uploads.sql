-- Owner: upload
-- All of a user's; the files go with the user's folder.
CREATE OR REPLACE FUNCTION erase_uploads(p_user uuid) RETURNS void LANGUAGE sql AS $$
    DELETE FROM uploads WHERE user_id = p_user
$$;
