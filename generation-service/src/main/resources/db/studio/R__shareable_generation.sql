-- Owner: generation
-- The generation's id if the user may share it: only what is the user's own and has succeeded.
CREATE OR REPLACE FUNCTION shareable_generation(p_id uuid, p_user uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT id FROM generations WHERE id = p_id AND user_id = p_user AND deleted_at IS NULL AND status = 'succeeded'
$$;
