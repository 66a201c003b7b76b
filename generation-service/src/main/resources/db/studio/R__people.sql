-- Owner: user
-- For lists that show who somebody is.
CREATE OR REPLACE VIEW people AS
    SELECT user_id, email, full_name, deleted_at IS NOT NULL AS deleted
    FROM profiles;
