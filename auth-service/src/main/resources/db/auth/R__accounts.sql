-- Owner: user
-- Users as sessions and mails, whose statements join them, may see them.
CREATE OR REPLACE VIEW accounts AS
    SELECT id,
           email,
           role,
           email_verified_at IS NOT NULL AS verified,
           blocked_at IS NULL AND deleted_at IS NULL AS active
    FROM users;
