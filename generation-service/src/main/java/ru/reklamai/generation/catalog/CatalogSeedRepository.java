package ru.reklamai.generation.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import ru.reklamai.kit.database.Database;

/**
 * SQL that takes models and presets over from the service's own files. Each key is taken once and for all: from then on
 * the row is the admins' own, and what they deleted doesn't come back with the next start.
 */
@ApplicationScoped
class CatalogSeedRepository {

    private static final String LOAD_MODELS = """
            WITH unseen AS (
                INSERT INTO studio.catalogue_seeds (kind, key)
                SELECT 'model', key
                FROM jsonb_to_recordset($1::text::jsonb) AS file (key text)
                ON CONFLICT DO NOTHING
                RETURNING key
            )
            INSERT INTO studio.models (key, provider_model, family, modality, title_ru, title_en, input_fields,
                                       deadline_seconds, price_multiplier, position)
            SELECT key, "providerModel", family, modality, title ->> 'ru', title ->> 'en', "inputFields",
                   "deadlineSeconds", "priceMultiplier", position
            FROM unseen
            JOIN jsonb_to_recordset($1::text::jsonb) AS file (
                key text, "providerModel" text, family text, modality text, title jsonb, "inputFields" jsonb,
                "deadlineSeconds" integer, "priceMultiplier" numeric, position integer) USING (key)
            ON CONFLICT (key) DO NOTHING
            """;

    private static final String LOAD_PRESETS = """
            WITH unseen AS (
                INSERT INTO studio.catalogue_seeds (kind, key)
                SELECT 'preset', key
                FROM jsonb_to_recordset($1::text::jsonb) AS file (key text)
                ON CONFLICT DO NOTHING
                RETURNING key
            )
            INSERT INTO studio.presets (key, modality, title_ru, title_en, defaults, position)
            SELECT key, modality, title ->> 'ru', title ->> 'en', jsonb_build_object('credits', credits), position
            FROM unseen
            JOIN jsonb_to_recordset($1::text::jsonb) AS file (
                key text, modality text, title jsonb, credits numeric, position integer) USING (key)
            ON CONFLICT (key) DO NOTHING
            """;

    private final Database database;

    CatalogSeedRepository(Database database) {
        this.database = database;
    }

    /**
     * Returns how many are new.
     *
     * @param json the file's text: a list of models
     */
    int loadModels(String json) {
        return database.update(LOAD_MODELS, json);
    }

    /** Likewise, for presets. */
    int loadPresets(String json) {
        return database.update(LOAD_PRESETS, json);
    }
}
