-- Owner: audit
-- For every change that an admin makes: part of the changing statement, so neither is without the other.
CREATE OR REPLACE FUNCTION audit(p_actor uuid, p_action text, p_subject text, p_details jsonb) RETURNS uuid
LANGUAGE sql AS $$
    INSERT INTO audit_log (actor_id, action, subject, details)
    VALUES (p_actor, p_action, p_subject, p_details)
    RETURNING id
$$;
