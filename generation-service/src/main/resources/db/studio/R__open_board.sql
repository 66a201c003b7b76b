-- Owner: board
-- A user's default board, once.
CREATE OR REPLACE FUNCTION open_board(p_user uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO boards (id, owner_id, title, is_default) VALUES (uuid_v7(), p_user, 'My Board', true)
        ON CONFLICT DO NOTHING;
    INSERT INTO board_members (board_id, user_id, role)
        SELECT id, p_user, 'owner' FROM boards WHERE owner_id = p_user AND is_default ON CONFLICT DO NOTHING;
END
$$;
