package ru.reklamai.generation.asset;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** SQL that finds the files of generations. */
@ApplicationScoped
class AssetRepository {

    private static final String COLUMNS = """
            a.id, a.generation_id, a.position, a.path, a.content_type, a.size_bytes, a.width, a.height, a.duration_ms,
            a.thumbnail_path, a.created_at, g.model_key
            """;

    private static final String FIND_OWN = "SELECT " + COLUMNS + """
            FROM studio.assets a
            JOIN studio.generations g ON g.id = a.generation_id
            WHERE a.user_id = $1
              AND ($2::uuid IS NULL OR a.generation_id = $2)
              AND ($3::text IS NULL OR a.content_type LIKE $3 || '/%')
              AND ($4::uuid IS NULL OR a.id < $4)
            ORDER BY a.id DESC
            LIMIT $5
            """;

    private static final String FIND_VISIBLE = "SELECT " + COLUMNS + """
            FROM studio.assets a
            JOIN studio.generations g ON g.id = a.generation_id
            WHERE a.generation_id = ANY ($2)
              AND studio.can_see(g, $1)
            ORDER BY a.generation_id, a.position
            """;

    private static final String FIND_OF_GENERATION = "SELECT " + COLUMNS + """
            FROM studio.assets a
            JOIN studio.generations g ON g.id = a.generation_id
            WHERE a.generation_id = $1
            ORDER BY a.position
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    AssetRepository(Pool pool) {
        this.pool = pool;
    }

    /** A result file in S3. */
    record Asset(
            UUID id,
            UUID generationId,
            int position,
            String path,
            String contentType,
            long sizeBytes,
            Optional<Integer> width,
            Optional<Integer> height,
            Optional<Long> durationMs,
            Optional<String> thumbnailPath,
            Instant createdAt,
            String modelKey) {}

    /** @param kind image, video or audio */
    List<Asset> findOwn(UUID user, Optional<UUID> generation, Optional<String> kind, Optional<UUID> before, int limit) {
        return query(FIND_OWN, Tuple.of(user, generation.orElse(null), kind.orElse(null), before.orElse(null), limit));
    }

    /** Returns the files of those of the generations that the user may see. */
    List<Asset> findVisible(UUID user, Collection<UUID> generations) {
        return query(FIND_VISIBLE, Tuple.of(user, generations.toArray(UUID[]::new)));
    }

    /** The caller must know that they may be seen. */
    List<Asset> findOf(UUID generation) {
        return query(FIND_OF_GENERATION, Tuple.of(generation));
    }

    private List<Asset> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT).stream()
                .map(AssetRepository::toAsset)
                .toList();
    }

    private static Asset toAsset(Row row) {
        return new Asset(
                row.getUUID("id"),
                row.getUUID("generation_id"),
                row.getInteger("position"),
                row.getString("path"),
                row.getString("content_type"),
                row.getLong("size_bytes"),
                Optional.ofNullable(row.getInteger("width")),
                Optional.ofNullable(row.getInteger("height")),
                Optional.ofNullable(row.getLong("duration_ms")),
                Optional.ofNullable(row.getString("thumbnail_path")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("model_key"));
    }
}
