-- Owner: user
-- For the statement that uses up the link in a mail. Returns true, or NULL for a user whose account is gone.
CREATE OR REPLACE FUNCTION verify_email(reader uuid) RETURNS boolean
    LANGUAGE sql AS $$
    UPDATE auth.users
    SET email_verified_at = coalesce(email_verified_at, now()), updated_at = now()
    WHERE id = reader AND deleted_at IS NULL
    RETURNING true
$$;
