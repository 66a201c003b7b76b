-- Owner: user
-- Profile, board and account of a new user, once. Nothing for a person who is gone: a token may outlive its account by
-- some minutes.
CREATE OR REPLACE FUNCTION provision_user(p_user uuid, p_email text, p_full_name text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO profiles (user_id, email, full_name) VALUES (p_user, p_email, p_full_name) ON CONFLICT DO NOTHING;
    IF user_exists(p_user) THEN
        PERFORM open_board(p_user);
        PERFORM open_account(p_user);
    END IF;
END
$$;
