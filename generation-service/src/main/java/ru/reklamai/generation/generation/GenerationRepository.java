package ru.reklamai.generation.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.kit.messaging.Outbox;

/** SQL that finds generations and follows what of them is published. */
@ApplicationScoped
public class GenerationRepository implements Outbox.Table<Generation> {

    /** For other queries that end in a generation. */
    public static final String COLUMNS = """
            g.id, g.user_id, g.board_id, g.parent_id, g.batch_id, g.favourite, g.preset_key, g.model_key, g.modality, g.prompt, g.negative_prompt,
            g.input::text AS input, g.provider_request::text AS provider_request, g.status, g.progress,
            g.reserved_credits, g.final_credits, g.error_code, g.error_message, g.thumbnail_path, g.version,
            g.published_version, g.traceparent, g.deadline_at, g.created_at, g.updated_at, g.finished_at
            """;

    private static final String FIND = "SELECT " + COLUMNS + """
            FROM studio.generations g
            WHERE g.id = $1 AND studio.can_see(g, $2)
            """;

    private static final String FIND_CHANGES = "SELECT " + COLUMNS + """
            FROM studio.generations g
            WHERE g.user_id = $1
              AND g.deleted_at IS NULL
              AND (g.status IN ('queued', 'processing') OR g.updated_at >= $2)
            ORDER BY g.updated_at DESC
            LIMIT 1000
            """;

    private static final String FIND_UNPUBLISHED = "SELECT " + COLUMNS + """
            FROM studio.generations g
            WHERE (g.version > g.published_version AND g.updated_at < now() - INTERVAL '2 seconds')
               OR (g.status IN ('queued', 'processing')
                   AND g.published_at < now() - INTERVAL '15 seconds'
                   AND g.published_at < now() - (now() - g.created_at) / 2)
            ORDER BY g.updated_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE studio.generations g
            SET published_version = greatest(g.published_version, s.version), published_at = now()
            FROM unnest($1::uuid[], $2::int[]) AS s (id, version)
            WHERE g.id = s.id
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;
    private final ObjectMapper json;

    GenerationRepository(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /** Returns empty for an unknown generation and for one that the user may not see. */
    public Optional<Generation> find(UUID id, UUID userId) {
        return one(FIND, Tuple.of(id, userId));
    }

    /** Returns the user's active generations and those changed since, newest change first. */
    List<Generation> findChanges(UUID userId, Instant since) {
        return many(FIND_CHANGES, Tuple.of(userId, since.atOffset(ZoneOffset.UTC)));
    }

    /** Returns also what is published and was not heard of since: after 15 seconds, then ever more seldom. */
    @Override
    public List<Generation> findUnpublished() {
        return many(FIND_UNPUBLISHED, Tuple.tuple());
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        query(MARK_PUBLISHED, Tuple.of(ids.toArray(UUID[]::new), versions.toArray(Integer[]::new)));
    }

    /** For other queries that end in a generation: all of {@link #COLUMNS} must be there. */
    public Optional<Generation> one(String sql, Tuple parameters) {
        return query(sql, parameters).stream().map(this::toGeneration).findFirst();
    }

    public List<Generation> many(String sql, Tuple parameters) {
        return query(sql, parameters).stream().map(this::toGeneration).toList();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Can't be written as JSON", e);
        }
    }

    private Generation toGeneration(Row row) {
        try {
            return new Generation(
                    row.getUUID("id"),
                    row.getUUID("user_id"),
                    row.getUUID("board_id"),
                    Optional.ofNullable(row.getUUID("parent_id")),
                    Optional.ofNullable(row.getUUID("batch_id")),
                    row.getBoolean("favourite"),
                    row.getString("preset_key"),
                    row.getString("model_key"),
                    row.getString("modality"),
                    row.getString("prompt"),
                    Optional.ofNullable(row.getString("negative_prompt")),
                    json.readTree(row.getString("input")),
                    json.readValue(row.getString("provider_request"), ProviderRequest.class),
                    Generation.Status.of(row.getString("status")),
                    Optional.ofNullable(row.getInteger("progress")),
                    row.getLong("reserved_credits"),
                    Optional.ofNullable(row.getLong("final_credits")),
                    Optional.ofNullable(row.getString("error_code"))
                            .map(code -> new ErrorInfo(code, row.getString("error_message"))),
                    Optional.ofNullable(row.getString("thumbnail_path")),
                    row.getInteger("version"),
                    row.getInteger("published_version"),
                    Optional.ofNullable(row.getString("traceparent")),
                    instant(row, "deadline_at"),
                    instant(row, "created_at"),
                    instant(row, "updated_at"),
                    Optional.ofNullable(row.getOffsetDateTime("finished_at")).map(time -> time.toInstant()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Generation " + row.getUUID("id") + " holds unreadable JSON", e);
        }
    }
}
