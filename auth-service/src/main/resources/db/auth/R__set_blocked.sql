-- Owner: user
-- For the statement that logs what an admin does. Returns true, or NULL for a user whose account is gone.
CREATE OR REPLACE FUNCTION set_blocked(changed_user uuid, blocked boolean) RETURNS boolean
    LANGUAGE sql AS $$
    UPDATE auth.users
    SET blocked_at = CASE WHEN blocked THEN coalesce(blocked_at, now()) END, updated_at = now()
    WHERE id = changed_user AND deleted_at IS NULL
    RETURNING true
$$;
