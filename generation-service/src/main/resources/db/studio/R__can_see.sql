-- Owner: generation
-- May the user see this generation? Its creator may, and every member of its board.
CREATE OR REPLACE FUNCTION can_see(p_generation generations, p_user uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT p_generation.deleted_at IS NULL
       AND (p_generation.user_id = p_user OR board_role(p_generation.board_id, p_user) IS NOT NULL)
$$;
