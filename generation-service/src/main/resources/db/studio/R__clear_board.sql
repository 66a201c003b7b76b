-- Owner: generation
-- Before a board goes: what is on it moves to its creators' own boards, so nothing is lost.
CREATE OR REPLACE FUNCTION clear_board(p_board uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE generations g
    SET board_id = d.board_id
    FROM default_boards d
    WHERE g.board_id = p_board AND d.owner_id = g.user_id AND d.board_id <> p_board;
END
$$;
