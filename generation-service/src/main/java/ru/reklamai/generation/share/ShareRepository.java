package ru.reklamai.generation.share;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** All SQL on public links. */
@ApplicationScoped
class ShareRepository {

    /** One share of a generation at a time: a repeat returns it. */
    private static final String CREATE = """
            INSERT INTO studio.shares (id, generation_id)
            SELECT $1, id
            FROM studio.generations
            WHERE id = $2 AND user_id = $3 AND deleted_at IS NULL AND status = 'succeeded'
            ON CONFLICT (generation_id) DO UPDATE SET generation_id = excluded.generation_id
            RETURNING id, created_at
            """;

    private static final String REVOKE = """
            DELETE FROM studio.shares s
            USING studio.generations g
            WHERE g.id = s.generation_id AND s.generation_id = $1 AND g.user_id = $2
            """;

    private static final String FIND = """
            SELECT g.id, g.modality, g.model_key, g.created_at
            FROM studio.shares s
            JOIN studio.generations g ON g.id = s.generation_id
            WHERE s.id = $1 AND g.deleted_at IS NULL
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    ShareRepository(Pool pool) {
        this.pool = pool;
    }

    record Share(UUID id, Instant createdAt) {}

    record Shared(UUID generationId, String modality, String modelKey, Instant createdAt) {}

    /** Returns empty if it isn't the user's own, or has not succeeded. */
    Optional<Share> create(UUID id, UUID generation, UUID user) {
        return query(CREATE, Tuple.of(id, generation, user)).stream()
                .map(row -> new Share(
                        row.getUUID("id"), row.getOffsetDateTime("created_at").toInstant()))
                .findFirst();
    }

    /** Returns whether there was one of the user's own. */
    boolean revoke(UUID generation, UUID user) {
        return query(REVOKE, Tuple.of(generation, user)).rowCount() == 1;
    }

    Optional<Shared> find(UUID share) {
        return query(FIND, Tuple.of(share)).stream()
                .map(row -> new Shared(
                        row.getUUID("id"),
                        row.getString("modality"),
                        row.getString("model_key"),
                        row.getOffsetDateTime("created_at").toInstant()))
                .findFirst();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
