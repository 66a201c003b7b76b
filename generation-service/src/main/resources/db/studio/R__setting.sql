-- Owner: catalog
-- NULL where there is no such setting.
CREATE OR REPLACE FUNCTION setting(p_key text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT value FROM admin_settings WHERE key = p_key);
END
$$;
