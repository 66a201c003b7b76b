-- Owner: user
CREATE OR REPLACE FUNCTION user_exists(p_user uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM profiles WHERE user_id = p_user AND deleted_at IS NULL);
END
$$;
