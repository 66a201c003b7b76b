package ru.reklamai.generation.catalog.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** SQL with which admins change the catalogue and the settings; each change is in the audit log. */
@ApplicationScoped
class AdminCatalogRepository {

    private static final String FIND_MODELS = """
            SELECT key, provider_model, family, modality, title_ru, title_en, input_fields, deadline_seconds,
                   price_multiplier, enabled, position
            FROM studio.models
            ORDER BY position, key
            """;

    private static final String PUT_MODEL = """
            WITH put AS (
                INSERT INTO studio.models (key, provider_model, family, modality, title_ru, title_en, input_fields,
                                           deadline_seconds, price_multiplier, enabled, position)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                ON CONFLICT (key) DO UPDATE
                SET provider_model = excluded.provider_model, family = excluded.family, modality = excluded.modality,
                    title_ru = excluded.title_ru, title_en = excluded.title_en, input_fields = excluded.input_fields,
                    deadline_seconds = excluded.deadline_seconds, price_multiplier = excluded.price_multiplier,
                    enabled = excluded.enabled, position = excluded.position
                RETURNING *
            )
            SELECT studio.audit($12, 'model.put', 'model:' || key, to_jsonb(put)) FROM put
            """;

    private static final String DELETE_MODEL = """
            WITH deleted AS (
                DELETE FROM studio.models WHERE key = $1 RETURNING *
            )
            SELECT studio.audit($2, 'model.delete', 'model:' || key, to_jsonb(deleted)) FROM deleted
            """;

    private static final String FIND_PRESETS = """
            SELECT key, modality, title_ru, title_en, coalesce((defaults ->> 'credits')::numeric, 1) AS credits,
                   enabled, position
            FROM studio.presets
            ORDER BY position, key
            """;

    private static final String PUT_PRESET = """
            WITH put AS (
                INSERT INTO studio.presets (key, modality, title_ru, title_en, defaults, enabled, position)
                VALUES ($1, $2, $3, $4, jsonb_build_object('credits', $5::numeric), $6, $7)
                ON CONFLICT (key) DO UPDATE
                SET modality = excluded.modality, title_ru = excluded.title_ru, title_en = excluded.title_en,
                    defaults = presets.defaults || excluded.defaults, enabled = excluded.enabled,
                    position = excluded.position
                RETURNING *
            )
            SELECT studio.audit($8, 'preset.put', 'preset:' || key, to_jsonb(put)) FROM put
            """;

    private static final String DELETE_PRESET = """
            WITH deleted AS (
                DELETE FROM studio.presets WHERE key = $1 RETURNING *
            )
            SELECT studio.audit($2, 'preset.delete', 'preset:' || key, to_jsonb(deleted)) FROM deleted
            """;

    private static final String FIND_SETTINGS = "SELECT key, value FROM studio.admin_settings ORDER BY key";

    private static final String PUT_SETTING = """
            WITH before AS (
                SELECT key, value FROM studio.admin_settings WHERE key = $1
            ), put AS (
                UPDATE studio.admin_settings SET value = $2::text::jsonb WHERE key = $1 RETURNING key, value
            )
            SELECT studio.audit($3, 'setting.put', 'setting:' || put.key,
                                jsonb_build_object('before', before.value, 'after', put.value))
            FROM put, before
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    AdminCatalogRepository(Pool pool) {
        this.pool = pool;
    }

    List<AdminModelResource.ModelRow> findModels() {
        return query(FIND_MODELS, Tuple.tuple()).stream()
                .map(row -> new AdminModelResource.ModelRow(
                        row.getString("key"),
                        row.getString("provider_model"),
                        row.getString("family"),
                        row.getString("modality"),
                        titles(row),
                        row.get(JsonArray.class, "input_fields").getList(),
                        row.getInteger("deadline_seconds"),
                        row.getBigDecimal("price_multiplier").stripTrailingZeros(),
                        row.getBoolean("enabled"),
                        row.getInteger("position")))
                .toList();
    }

    void putModel(String key, AdminModelResource.ModelInput model, String inputFields, UUID admin) {
        query(
                PUT_MODEL,
                Tuple.tuple()
                        .addString(key)
                        .addString(model.providerModel())
                        .addString(model.family())
                        .addString(model.modality())
                        .addString(model.title().ru())
                        .addString(model.title().en())
                        .addJsonArray(new JsonArray(inputFields))
                        .addInteger(model.deadlineSeconds())
                        .addBigDecimal(model.priceMultiplier())
                        .addBoolean(model.enabled())
                        .addInteger(model.position())
                        .addUUID(admin));
    }

    boolean deleteModel(String key, UUID admin) {
        return query(DELETE_MODEL, Tuple.of(key, admin)).size() == 1;
    }

    List<AdminPresetResource.PresetRow> findPresets() {
        return query(FIND_PRESETS, Tuple.tuple()).stream()
                .map(row -> new AdminPresetResource.PresetRow(
                        row.getString("key"),
                        row.getString("modality"),
                        titles(row),
                        row.getBigDecimal("credits"),
                        row.getBoolean("enabled"),
                        row.getInteger("position")))
                .toList();
    }

    void putPreset(String key, AdminPresetResource.PresetInput preset, UUID admin) {
        query(
                PUT_PRESET,
                Tuple.tuple()
                        .addString(key)
                        .addString(preset.modality())
                        .addString(preset.title().ru())
                        .addString(preset.title().en())
                        .addBigDecimal(preset.credits())
                        .addBoolean(preset.enabled())
                        .addInteger(preset.position())
                        .addUUID(admin));
    }

    boolean deletePreset(String key, UUID admin) {
        return query(DELETE_PRESET, Tuple.of(key, admin)).size() == 1;
    }

    Map<String, Object> findSettings() {
        Map<String, Object> settings = new TreeMap<>();
        for (Row row : query(FIND_SETTINGS, Tuple.tuple())) {
            Object value = row.getValue("value");
            settings.put(row.getString("key"), value instanceof JsonObject object ? object.getMap() : value);
        }
        return settings;
    }

    void putSetting(String key, String json, UUID admin) {
        query(PUT_SETTING, Tuple.of(key, json, admin));
    }

    private static Title titles(Row row) {
        return new Title(row.getString("title_ru"), row.getString("title_en"));
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
