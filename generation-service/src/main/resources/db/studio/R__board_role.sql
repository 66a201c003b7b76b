-- Owner: board
-- The one place that says who may do what on a board: NULL is a stranger, to whom there is no such board.
CREATE OR REPLACE FUNCTION board_role(p_board uuid, p_user uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT role FROM board_members WHERE board_id = p_board AND user_id = p_user);
END
$$;
