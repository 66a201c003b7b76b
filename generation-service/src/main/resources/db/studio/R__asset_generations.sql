-- Owner: asset
-- Which generations have files.
CREATE OR REPLACE VIEW asset_generations AS
    SELECT generation_id
    FROM assets;
