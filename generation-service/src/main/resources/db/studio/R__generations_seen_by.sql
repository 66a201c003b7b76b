-- Owner: generation
-- To be joined with: PostgreSQL puts its query in place of the call, so only the rows that are joined are looked at.
CREATE OR REPLACE FUNCTION generations_seen_by(p_user uuid) RETURNS TABLE (id uuid, model_key text)
LANGUAGE sql STABLE AS $$
    SELECT g.id, g.model_key FROM generations g WHERE can_see(g, p_user)
$$;
