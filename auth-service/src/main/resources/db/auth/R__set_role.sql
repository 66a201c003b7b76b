-- Owner: user
-- For the statement that logs what an admin does. Returns true, or NULL for a user whose account is gone.
CREATE OR REPLACE FUNCTION set_role(changed_user uuid, new_role text) RETURNS boolean
    LANGUAGE sql AS $$
    UPDATE auth.users
    SET role = new_role, updated_at = now()
    WHERE id = changed_user AND deleted_at IS NULL
    RETURNING true
$$;
