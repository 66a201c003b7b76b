-- Owner: board
-- The board that something new goes to, the user's default one if none is named, and what the user may do there.
-- A board that is being deleted is waited for, and is not there then.
CREATE OR REPLACE FUNCTION board_to_write(p_user uuid, p_board uuid, OUT board uuid, OUT role text)
LANGUAGE plpgsql AS $$
BEGIN
    board := coalesce(p_board, (SELECT b.id FROM boards b WHERE b.owner_id = p_user AND b.is_default));
    PERFORM FROM boards b WHERE b.id = board FOR KEY SHARE;
    role := board_role(board, p_user);
END
$$;
