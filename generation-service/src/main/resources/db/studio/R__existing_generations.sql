-- Owner: generation
-- What others may show of a generation, beside what is their own.
CREATE OR REPLACE VIEW existing_generations AS
    SELECT id, user_id, modality, model_key, status, created_at
    FROM generations
    WHERE deleted_at IS NULL;
