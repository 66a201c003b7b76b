-- Owner: share
CREATE OR REPLACE FUNCTION delete_shares_of(p_generations uuid[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM shares WHERE generation_id = ANY (p_generations)
$$;
