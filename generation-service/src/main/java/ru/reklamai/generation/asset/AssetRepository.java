package ru.reklamai.generation.asset;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** SQL that finds the files of generations. */
@ApplicationScoped
public class AssetRepository {

    private static final String COLUMNS = """
            a.id, a.generation_id, a.position, a.path, a.content_type, a.size_bytes, a.width, a.height, a.duration_ms,
            a.thumbnail_path, a.created_at, g.model_key
            """;

    private static final String FIND_OWN = "SELECT " + COLUMNS + """
            FROM studio.assets a
            JOIN studio.existing_generations g ON g.id = a.generation_id
            WHERE a.user_id = $1
              AND ($2::uuid IS NULL OR a.generation_id = $2)
              AND ($3::text IS NULL OR a.content_type LIKE $3 || '/%')
              AND ($4::uuid IS NULL OR a.id < $4)
            ORDER BY a.id DESC
            LIMIT $5
            """;

    private static final String FIND_VISIBLE = "SELECT " + COLUMNS + """
            FROM studio.assets a
            JOIN studio.generations_seen_by($1) g ON g.id = a.generation_id
            WHERE a.generation_id = ANY ($2)
            ORDER BY a.generation_id, a.position
            """;

    private static final String FIND_OF_GENERATION = "SELECT " + COLUMNS + """
            FROM studio.assets a
            JOIN studio.existing_generations g ON g.id = a.generation_id
            WHERE a.generation_id = $1
            ORDER BY a.position
            """;

    private final Database database;

    AssetRepository(Database database) {
        this.database = database;
    }

    /** @param kind image, video or audio */
    List<Asset> findOwn(UUID user, Optional<UUID> generation, Optional<String> kind, Optional<UUID> before, int limit) {
        return database.list(AssetRepository::toAsset, FIND_OWN, user, generation, kind, before, limit);
    }

    /** Returns the files of those of the generations that the user may see. */
    List<Asset> findVisible(UUID user, Collection<UUID> generations) {
        return database.list(AssetRepository::toAsset, FIND_VISIBLE, user, generations.toArray(UUID[]::new));
    }

    /** The caller must know that they may be seen. */
    public List<Asset> findOf(UUID generation) {
        return database.list(AssetRepository::toAsset, FIND_OF_GENERATION, generation);
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
                Database.instant(row, "created_at"),
                row.getString("model_key"));
    }
}
