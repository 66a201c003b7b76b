-- Owner: session
-- For the statement that erases a user. Returns how many refresh tokens there were.
CREATE OR REPLACE FUNCTION erase_sessions(erased_user uuid) RETURNS bigint
    LANGUAGE sql AS $$
    WITH erased AS (
        DELETE FROM auth.refresh_tokens WHERE user_id = erased_user RETURNING id
    )
    SELECT count(*) FROM erased
$$;
