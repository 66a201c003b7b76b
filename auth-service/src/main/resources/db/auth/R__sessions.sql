-- Owner: session
-- A session is a family of refresh tokens, for as long as one of them works.
CREATE OR REPLACE VIEW sessions AS
    SELECT t.family_id AS id, t.user_id, f.created_at, t.created_at AS last_used_at, t.user_agent, t.address
    FROM refresh_tokens t
    JOIN refresh_tokens f ON f.id = t.family_id
    WHERE t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > now();
