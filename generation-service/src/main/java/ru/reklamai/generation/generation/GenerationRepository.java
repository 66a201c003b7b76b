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
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.messaging.Outbox;

/** SQL that takes generations in, finds them and follows what of them is published. */
@ApplicationScoped
class GenerationRepository implements Outbox.Table<Generation> {

    static final String COLUMNS = """
            g.id, g.user_id, g.board_id, g.preset_key, g.model_key, g.modality, g.prompt, g.negative_prompt,
            g.input::text AS input, g.provider_request::text AS provider_request, g.status, g.progress,
            g.reserved_credits, g.final_credits, g.error_code, g.error_message, g.thumbnail_path, g.version,
            g.published_version, g.traceparent, g.deadline_at, g.created_at, g.updated_at, g.finished_at
            """;

    private static final String SUBMIT = """
            SELECT outcome, generation_id, status, reserved_credits, deadline_at
            FROM studio.submit_generation($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10::text::jsonb,
                                          $11, $12, $13, $14, $15)
            """;

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM studio.generations g WHERE g.id = $1 AND g.user_id = $2";

    private static final String FIND_PAGE = "SELECT " + COLUMNS + """
            FROM studio.generations g
            WHERE g.user_id = $1
              AND ($2::uuid IS NULL OR g.id < $2)
              AND ($3::text IS NULL OR g.status = $3)
              AND ($4::text IS NULL OR g.modality = $4)
              AND ($5::uuid IS NULL OR g.board_id = $5)
            ORDER BY g.id DESC
            LIMIT $6
            """;

    private static final String FIND_CHANGES = "SELECT " + COLUMNS + """
            FROM studio.generations g
            WHERE g.user_id = $1
              AND (g.status IN ('queued', 'processing') OR g.updated_at >= $2)
            ORDER BY g.updated_at DESC
            LIMIT 1000
            """;

    private static final String FIND_ASSETS = """
            SELECT position, path, content_type, size_bytes, width, height, duration_ms, thumbnail_path
            FROM studio.assets
            WHERE generation_id = $1
            ORDER BY position
            """;

    private static final String FIND_UNPUBLISHED = "SELECT " + COLUMNS + """
            FROM studio.generations g
            WHERE (g.version > g.published_version AND g.updated_at < now() - INTERVAL '2 seconds')
               OR (g.status = 'queued' AND g.provider_version = 0
                   AND g.published_at < now() - greatest(INTERVAL '1 minute', (now() - g.created_at) / 2))
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

    /** Reserves and inserts, or says why not, in one round trip. */
    Submission submit(Submission.Draft draft) {
        Tuple parameters = Tuple.tuple()
                .addUUID(draft.id())
                .addUUID(draft.userId())
                .addUUID(draft.boardId().orElse(null))
                .addString(draft.presetKey())
                .addString(draft.modelKey())
                .addString(draft.modality())
                .addString(draft.prompt())
                .addString(draft.negativePrompt().orElse(null))
                .addString(draft.inputJson())
                .addString(write(draft.providerRequest()))
                .addLong(draft.credits())
                .addString(draft.idempotencyKey().orElse(null))
                .addString(draft.requestHash())
                .addString(draft.traceparent().orElse(null))
                .addInteger((int) draft.deadlineSeconds());
        Row row = query(SUBMIT, parameters).iterator().next();
        return switch (row.getString("outcome")) {
            case "accepted" ->
                new Submission.Accepted(
                        row.getUUID("generation_id"), row.getLong("reserved_credits"), instant(row, "deadline_at"));
            case "replayed" ->
                new Submission.Replayed(
                        row.getUUID("generation_id"), row.getString("status"), row.getLong("reserved_credits"));
            case "key-reused" -> new Submission.KeyReused();
            case "unknown-user", "unknown-account" -> new Submission.UnknownUser();
            case "board-not-found" -> new Submission.BoardNotFound();
            case "board-read-only" -> new Submission.BoardReadOnly();
            case "insufficient" -> new Submission.InsufficientCredits();
            default -> throw new IllegalStateException("Unknown outcome " + row.getString("outcome"));
        };
    }

    /** Returns empty for an unknown generation and for another user's. */
    Optional<Generation> find(UUID id, UUID userId) {
        return one(FIND, Tuple.of(id, userId));
    }

    record Filter(Optional<UUID> before, Optional<String> status, Optional<String> modality, Optional<UUID> board) {}

    List<Generation> findPage(UUID userId, Filter filter, int limit) {
        Tuple parameters = Tuple.of(
                userId,
                filter.before().orElse(null),
                filter.status().orElse(null),
                filter.modality().orElse(null),
                filter.board().orElse(null),
                limit);
        return query(FIND_PAGE, parameters).stream().map(this::toGeneration).toList();
    }

    /** Returns the user's active generations and those changed since, newest change first. */
    List<Generation> findChanges(UUID userId, Instant since) {
        return query(FIND_CHANGES, Tuple.of(userId, since.atOffset(ZoneOffset.UTC))).stream()
                .map(this::toGeneration)
                .toList();
    }

    List<StoredAsset> findAssets(UUID generationId) {
        return query(FIND_ASSETS, Tuple.of(generationId)).stream()
                .map(row -> new StoredAsset(
                        row.getInteger("position"),
                        row.getString("path"),
                        row.getString("content_type"),
                        row.getLong("size_bytes"),
                        row.getInteger("width"),
                        row.getInteger("height"),
                        row.getLong("duration_ms"),
                        row.getString("thumbnail_path")))
                .toList();
    }

    /** Returns also what was published but no worker took up, ever more seldom. */
    @Override
    public List<Generation> findUnpublished() {
        return query(FIND_UNPUBLISHED, Tuple.tuple()).stream()
                .map(this::toGeneration)
                .toList();
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        query(MARK_PUBLISHED, Tuple.of(ids.toArray(UUID[]::new), versions.toArray(Integer[]::new)));
    }

    Optional<Generation> one(String sql, Tuple parameters) {
        return query(sql, parameters).stream().map(this::toGeneration).findFirst();
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
