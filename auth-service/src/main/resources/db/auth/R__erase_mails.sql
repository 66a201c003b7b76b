-- Owner: mail
-- For the statement that erases a user. Returns how many mails there were.
CREATE OR REPLACE FUNCTION erase_mails(erased_user uuid) RETURNS bigint
    LANGUAGE sql AS $$
    WITH erased AS (
        DELETE FROM auth.mails WHERE user_id = erased_user RETURNING id
    )
    SELECT count(*) FROM erased
$$;
