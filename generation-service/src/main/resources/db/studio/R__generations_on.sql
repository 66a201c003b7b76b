-- Owner: generation
CREATE OR REPLACE FUNCTION generations_on(p_board uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT count(*) FROM generations WHERE board_id = p_board AND deleted_at IS NULL
$$;
