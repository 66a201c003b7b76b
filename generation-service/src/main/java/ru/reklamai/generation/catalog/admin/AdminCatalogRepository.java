package ru.reklamai.generation.catalog.admin;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import ru.reklamai.generation.catalog.Title;
import ru.reklamai.kit.database.Database;

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

    private final Database database;
    private final ObjectMapper json;

    AdminCatalogRepository(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    List<ModelRow> findModels() {
        return database.list(AdminCatalogRepository::toModel, FIND_MODELS);
    }

    void putModel(String key, ModelInput model, UUID admin) {
        database.query(
                PUT_MODEL,
                key,
                model.providerModel(),
                model.family(),
                model.modality(),
                model.title().ru(),
                model.title().en(),
                new JsonArray(json.convertValue(model.inputFields(), new TypeReference<List<Object>>() {})),
                model.deadlineSeconds(),
                model.priceMultiplier(),
                model.enabled(),
                model.position(),
                admin);
    }

    boolean deleteModel(String key, UUID admin) {
        return database.query(DELETE_MODEL, key, admin).size() == 1;
    }

    List<PresetRow> findPresets() {
        return database.list(AdminCatalogRepository::toPreset, FIND_PRESETS);
    }

    void putPreset(String key, PresetInput preset, UUID admin) {
        database.query(
                PUT_PRESET,
                key,
                preset.modality(),
                preset.title().ru(),
                preset.title().en(),
                preset.credits(),
                preset.enabled(),
                preset.position(),
                admin);
    }

    boolean deletePreset(String key, UUID admin) {
        return database.query(DELETE_PRESET, key, admin).size() == 1;
    }

    Map<String, Object> findSettings() {
        Map<String, Object> settings = new TreeMap<>();
        for (Row row : database.query(FIND_SETTINGS)) {
            Object value = row.getValue("value");
            settings.put(row.getString("key"), value instanceof JsonObject object ? object.getMap() : value);
        }
        return settings;
    }

    void putSetting(Setting setting, JsonNode value, UUID admin) {
        database.query(PUT_SETTING, setting.key(), value.toString(), admin);
    }

    private static ModelRow toModel(Row row) {
        return new ModelRow(
                row.getString("key"),
                row.getString("provider_model"),
                row.getString("family"),
                row.getString("modality"),
                title(row),
                row.get(JsonArray.class, "input_fields").getList(),
                row.getInteger("deadline_seconds"),
                row.getBigDecimal("price_multiplier").stripTrailingZeros(),
                row.getBoolean("enabled"),
                row.getInteger("position"));
    }

    private static PresetRow toPreset(Row row) {
        return new PresetRow(
                row.getString("key"),
                row.getString("modality"),
                title(row),
                row.getBigDecimal("credits"),
                row.getBoolean("enabled"),
                row.getInteger("position"));
    }

    private static Title title(Row row) {
        return new Title(row.getString("title_ru"), row.getString("title_en"));
    }
}
