-- Owner: board
-- Deletes a board for an owner, unless it is somebody's default board; what is on it goes to its creators' own boards
-- first. Answers the role of whoever asked, NULL for a stranger, and whether it is a default board.
CREATE OR REPLACE FUNCTION delete_board(p_board uuid, p_user uuid, OUT role text, OUT is_default boolean)
LANGUAGE plpgsql AS $$
BEGIN
    -- The lock comes first, so that nothing new gets onto the board while it is cleared.
    SELECT b.is_default INTO is_default FROM boards b WHERE b.id = p_board FOR UPDATE;
    is_default := coalesce(is_default, false);
    role := board_role(p_board, p_user);
    IF role = 'owner' AND NOT is_default THEN
        PERFORM clear_board(p_board);
        DELETE FROM boards WHERE id = p_board;
    END IF;
END
$$;
