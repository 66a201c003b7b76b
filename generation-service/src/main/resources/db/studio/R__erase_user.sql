-- Owner: user
-- Takes a person out of this schema: personal data and files go, the ledger stays under an id that leads to nobody.
-- A repeat changes nothing and answers false.
CREATE OR REPLACE FUNCTION erase_user(p_user uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO profiles (user_id, email, deleted_at) VALUES (p_user, '', now())
    ON CONFLICT (user_id) DO UPDATE
        SET email = '', full_name = '', avatar_path = NULL, deleted_at = now(), updated_at = now()
        WHERE profiles.deleted_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM lock_account(p_user);
    PERFORM erase_generations(p_user);
    PERFORM erase_uploads(p_user);
    PERFORM erase_boards(p_user);
    PERFORM delete_all_files_of(p_user);
    RETURN true;
END
$$;
