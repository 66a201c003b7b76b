package ru.reklamai.generation.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

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

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;
    private final ObjectMapper json;

    CatalogRepository(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    Catalog read() {
        List<Model> models = query(FIND_MODELS).stream().map(this::toModel).toList();
        List<Preset> presets =
                query(FIND_PRESETS).stream().map(CatalogRepository::toPreset).toList();
        BigDecimal markup = query(FIND_MARKUP).stream()
                .map(row -> row.getBigDecimal("markup"))
                .findFirst()
                .orElse(BigDecimal.ZERO);
        return new Catalog(models, presets, markup);
    }

    private RowSet<Row> query(String sql) {
        return pool.preparedQuery(sql).execute().await().atMost(QUERY_TIMEOUT);
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
                    row.getString("family"),
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
