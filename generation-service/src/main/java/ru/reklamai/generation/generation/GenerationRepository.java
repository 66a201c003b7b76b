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

/** All SQL on generations and their assets. Every change raises the version; an ended generation never changes state. */
@ApplicationScoped
class GenerationRepository implements Outbox.Table<Generation> {

    private static final String COLUMNS = """
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

    private static final String START = """
            UPDATE studio.generations g
            SET status = 'processing', provider_version = $2, version = version + 1, updated_at = now()
            WHERE id = $1
              AND status = 'queued'
              AND provider_version < $2
            RETURNING
            """ + COLUMNS;

    private static final String PROGRESS = """
            UPDATE studio.generations g
            SET status = 'processing', progress = greatest(progress, $3), provider_version = $2,
                version = version + 1, updated_at = now()
            WHERE id = $1
              AND status IN ('queued', 'processing')
              AND provider_version < $2
            RETURNING
            """ + COLUMNS;

    private static final String SUCCEED = """
            WITH g AS (
                UPDATE studio.generations
                SET status = 'succeeded', progress = 100, final_credits = reserved_credits, provider_version = $2,
                    thumbnail_path = $4, version = version + 1, updated_at = now(), finished_at = now()
                WHERE id = $1
                  AND status IN ('queued', 'processing')
                RETURNING *
            ), stored AS (
                INSERT INTO studio.assets (id, generation_id, user_id, position, path, content_type, size_bytes,
                                           width, height, duration_ms, thumbnail_path)
                SELECT studio.uuid_v7(), g.id, g.user_id, a.position, a.path, a."contentType", a."sizeBytes",
                       a.width, a.height, a."durationMs", a."thumbnailPath"
                FROM g
                CROSS JOIN jsonb_to_recordset($3::text::jsonb) AS a(
                    position integer, path text, "contentType" text, "sizeBytes" bigint,
                    width integer, height integer, "durationMs" bigint, "thumbnailPath" text)
            )
            SELECT studio.rpc_credit_finalize(g.id, g.final_credits) AS settled,
            """ + COLUMNS + "FROM g";

    private static final String ATTACH_LATE_RESULT = """
            WITH g AS (
                UPDATE studio.generations
                SET provider_version = $2, thumbnail_path = $4, version = version + 1, updated_at = now()
                WHERE id = $1
                  AND status IN ('failed', 'cancelled')
                  AND provider_version < $2
                RETURNING *
            ), stored AS (
                INSERT INTO studio.assets (id, generation_id, user_id, position, path, content_type, size_bytes,
                                           width, height, duration_ms, thumbnail_path)
                SELECT studio.uuid_v7(), g.id, g.user_id, a.position, a.path, a."contentType", a."sizeBytes",
                       a.width, a.height, a."durationMs", a."thumbnailPath"
                FROM g
                CROSS JOIN jsonb_to_recordset($3::text::jsonb) AS a(
                    position integer, path text, "contentType" text, "sizeBytes" bigint,
                    width integer, height integer, "durationMs" bigint, "thumbnailPath" text)
                ON CONFLICT DO NOTHING
            )
            SELECT
            """ + COLUMNS + "FROM g";

    private static final String FAIL = """
            WITH g AS (
                UPDATE studio.generations
                SET status = 'failed', final_credits = 0, error_code = $3, error_message = $4, provider_version = $2,
                    version = version + 1, updated_at = now(), finished_at = now()
                WHERE id = $1
                  AND status IN ('queued', 'processing')
                RETURNING *
            )
            SELECT studio.rpc_credit_refund(g.id) AS settled,
            """ + COLUMNS + "FROM g";

    /** While it waits in the queue nothing was spent; once it runs the setting decides who pays. */
    private static final String CANCEL = """
            WITH policy AS (
                SELECT coalesce((SELECT value = 'true'::jsonb
                                 FROM studio.admin_settings
                                 WHERE key = 'refund_on_cancel'), true) AS refund
            ), g AS (
                UPDATE studio.generations
                SET status = 'cancelled', version = version + 1, updated_at = now(), finished_at = now(),
                    final_credits = CASE WHEN status = 'queued' OR refund THEN 0 ELSE reserved_credits END
                FROM policy
                WHERE id = $1
                  AND user_id = $2
                  AND status IN ('queued', 'processing')
                RETURNING generations.*
            )
            SELECT studio.rpc_credit_finalize(g.id, g.final_credits) AS settled,
            """ + COLUMNS + "FROM g";

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

    /** Each transition returns the generation after it, or empty where it doesn't apply (any more). */
    Optional<Generation> start(UUID id, int providerVersion) {
        return one(START, Tuple.of(id, providerVersion));
    }

    Optional<Generation> progress(UUID id, int providerVersion, int progress) {
        return one(PROGRESS, Tuple.of(id, providerVersion, progress));
    }

    /** Settles the credits in the same statement. */
    Optional<Generation> succeed(UUID id, int providerVersion, List<StoredAsset> assets) {
        return one(SUCCEED, Tuple.of(id, providerVersion, write(assets), thumbnailOf(assets)));
    }

    /** Gives a result that came after the deadline to the user all the same; no credits move. */
    Optional<Generation> attachLateResult(UUID id, int providerVersion, List<StoredAsset> assets) {
        return one(ATTACH_LATE_RESULT, Tuple.of(id, providerVersion, write(assets), thumbnailOf(assets)));
    }

    /** Gives the credits back in the same statement. */
    Optional<Generation> fail(UUID id, int providerVersion, ErrorInfo error) {
        return one(FAIL, Tuple.of(id, providerVersion, error.code(), error.message()));
    }

    /** Settles the credits in the same statement. */
    Optional<Generation> cancel(UUID id, UUID userId) {
        return one(CANCEL, Tuple.of(id, userId));
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

    private Optional<Generation> one(String sql, Tuple parameters) {
        return query(sql, parameters).stream().map(this::toGeneration).findFirst();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    private static String thumbnailOf(List<StoredAsset> assets) {
        return assets.getFirst().thumbnailPath();
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private String write(Object value) {
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
