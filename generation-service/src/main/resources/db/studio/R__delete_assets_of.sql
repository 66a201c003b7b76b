-- Owner: asset
CREATE OR REPLACE FUNCTION delete_assets_of(p_generations uuid[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM assets WHERE generation_id = ANY (p_generations)
$$;
