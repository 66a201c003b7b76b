package ru.reklamai.generation.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.kit.database.Database;

/** All SQL on models, presets and settings. */
@ApplicationScoped
class CatalogRepository {

    private static final String FIND_MODELS = """
            SELECT key, provider_model, family, modality, title_ru, title_en,
                   input_fields::text AS input_fields, deadline_seconds, price_multiplier
            FROM studio.models
            WHERE enabled
            ORDER BY position, key
            """;

    private static final String FIND_PRESETS = """
            SELECT key, modality, title_ru, title_en, coalesce((defaults ->> 'credits')::numeric, 1) AS credits
            FROM studio.presets
            WHERE enabled
            ORDER BY position, key
            """;

    private static final String FIND_MARKUP = """
            SELECT (value #>> '{}')::numeric AS markup
            FROM studio.admin_settings
            WHERE key = 'markup_percent'
            """;

    private final Database database;
    private final ObjectMapper json;

    CatalogRepository(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    Catalog read() {
        return new Catalog(
                database.list(this::toModel, FIND_MODELS),
                database.list(CatalogRepository::toPreset, FIND_PRESETS),
                database.first(row -> row.getBigDecimal("markup"), FIND_MARKUP).orElse(BigDecimal.ZERO));
    }

    private static Preset toPreset(Row row) {
        return new Preset(
                row.getString("key"),
                row.getString("modality"),
                row.getString("title_ru"),
                row.getString("title_en"),
                row.getBigDecimal("credits"));
    }

    private Model toModel(Row row) {
        try {
            return new Model(
                    row.getString("key"),
                    row.getString("provider_model"),
                    ProviderFamily.of(row.getString("family")).orElseThrow(),
                    row.getString("modality"),
                    row.getString("title_ru"),
                    row.getString("title_en"),
                    json.readValue(row.getString("input_fields"), new TypeReference<List<InputField>>() {}),
                    Duration.ofSeconds(row.getInteger("deadline_seconds")),
                    row.getBigDecimal("price_multiplier"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Model " + row.getString("key") + " has unreadable input fields", e);
        }
    }
}
