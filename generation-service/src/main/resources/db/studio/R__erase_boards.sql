-- Owner: board
-- What others brought to the user's boards goes to their own. The default board stays, nameless and without members:
-- the user's generations, which the ledger needs, are on it.
CREATE OR REPLACE FUNCTION erase_boards(p_user uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_board boards;
BEGIN
    FOR v_board IN SELECT * FROM boards WHERE owner_id = p_user LOOP
        PERFORM clear_board(v_board.id);
        IF v_board.is_default THEN
            UPDATE boards SET title = 'deleted' WHERE id = v_board.id;
            DELETE FROM board_members WHERE board_id = v_board.id;
        ELSE
            DELETE FROM boards WHERE id = v_board.id;
        END IF;
    END LOOP;
    DELETE FROM board_members WHERE user_id = p_user;
END
$$;
