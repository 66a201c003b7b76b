package ru.reklamai.worker.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.outbox.Outbox;

/**
 * All SQL on provider tasks. A step's result is written only under the lease that it was claimed with, so a step that
 * took too long can't overwrite its successor's.
 */
@ApplicationScoped
class ProviderTaskRepository implements Outbox.Table<ProviderTask> {

    private static final String COLUMNS = """
            t.generation_id, t.user_id, t.provider_model, t.modality, t.input::text AS input, t.files::text AS files,
            t.status, t.provider_task_id, t.submissions, t.setbacks, t.not_found, t.progress, t.result_urls,
            t.assets::text AS assets, t.error_code, t.error_message, t.deadline_at, t.deadline_passed_at, t.lease_id,
            t.hints, t.version, t.traceparent, t.submitted_at, t.created_at, t.updated_at
            """;

    private static final String INSERT = """
            INSERT INTO provider.provider_tasks (generation_id, user_id, family, provider_model, modality, input, files,
                                                 deadline_at, traceparent)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9)
            ON CONFLICT (generation_id) DO NOTHING
            """;

    private static final String LOAD = """
            SELECT count(*) FILTER (WHERE status IN ('pending', 'submitting')
                                      AND next_step_at <= now()
                                      AND (leased_until IS NULL OR leased_until < now())) AS due_submissions,
                   count(*) FILTER (WHERE status IN ('submitting', 'running')) AS running
            FROM provider.provider_tasks
            WHERE status IN ('pending', 'submitting', 'running', 'delivering')
            """;

    private static final String CLAIM = """
            WITH due AS (
                SELECT generation_id, next_step_at,
                       row_number() OVER (PARTITION BY user_id ORDER BY next_step_at) AS turn
                FROM provider.provider_tasks
                WHERE status = ANY($1)
                  AND next_step_at <= now()
                  AND (leased_until IS NULL OR leased_until < now())
            ), picked AS (
                SELECT t.generation_id
                FROM provider.provider_tasks t
                JOIN due ON due.generation_id = t.generation_id
                WHERE t.status = ANY($1)
                  AND (t.leased_until IS NULL OR t.leased_until < now())
                ORDER BY due.turn, due.next_step_at
                LIMIT $2
                FOR UPDATE OF t SKIP LOCKED
            )
            UPDATE provider.provider_tasks t
            SET lease_id = gen_random_uuid(), leased_until = now() + $3
            FROM picked
            WHERE t.generation_id = picked.generation_id
            RETURNING
            """ + COLUMNS;

    private static final String START_SUBMITTING = """
            UPDATE provider.provider_tasks t
            SET status = 'submitting', submissions = submissions + 1, next_step_at = now() + $3, updated_at = now()
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String SUBMITTED = """
            UPDATE provider.provider_tasks t
            SET status = CASE WHEN status = 'submitting' THEN 'running' ELSE status END,
                provider_task_id = coalesce(provider_task_id, $3),
                duplicate_task_ids = CASE WHEN provider_task_id <> $3 THEN array_append(duplicate_task_ids, $3)
                                          ELSE duplicate_task_ids END,
                submitted_at = coalesce(submitted_at, now()), setbacks = 0, version = version + 1,
                next_step_at = CASE WHEN hints = $4 THEN now() + $5 ELSE now() END,
                lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String PUT_OFF = """
            UPDATE provider.provider_tasks t
            SET status = CASE WHEN status = 'submitting' AND $5 THEN 'pending' ELSE status END,
                setbacks = setbacks + $6, not_found = $7,
                next_step_at = CASE WHEN hints = $3 THEN now() + $4 ELSE now() END,
                lease_id = NULL, leased_until = NULL
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String PROGRESS = """
            UPDATE provider.provider_tasks t
            SET progress = $5, setbacks = 0, not_found = 0, version = version + 1,
                next_step_at = CASE WHEN hints = $3 THEN now() + $4 ELSE now() END,
                lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String DELIVERING = """
            UPDATE provider.provider_tasks t
            SET status = 'delivering', result_urls = $3, raw_answer = $4, setbacks = 0, next_step_at = now(),
                updated_at = now()
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String SUCCEED = """
            UPDATE provider.provider_tasks t
            SET status = 'succeeded', assets = $3::text::jsonb, progress = 100, version = version + 1,
                lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String FAIL = """
            UPDATE provider.provider_tasks t
            SET status = 'failed', error_code = $3, error_message = $4, raw_answer = coalesce($5, raw_answer),
                version = version + 1, lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String PASS_DEADLINE = """
            UPDATE provider.provider_tasks t
            SET deadline_passed_at = now(), error_code = $3, error_message = $4, version = version + 1,
                next_step_at = now() + $5, lease_id = NULL, leased_until = NULL, updated_at = now()
            WHERE generation_id = $1
              AND lease_id = $2
            RETURNING
            """ + COLUMNS;

    private static final String HINT = """
            UPDATE provider.provider_tasks
            SET hints = hints + 1,
                next_step_at = now(),
                provider_task_id = coalesce(provider_task_id, $2),
                duplicate_task_ids = CASE WHEN provider_task_id <> $2 AND NOT $2 = ANY(duplicate_task_ids)
                                          THEN array_append(duplicate_task_ids, $2) ELSE duplicate_task_ids END,
                submitted_at = coalesce(submitted_at, now()),
                version = CASE WHEN status IN ('pending', 'submitting') THEN version + 1 ELSE version END,
                status = CASE WHEN status IN ('pending', 'submitting') THEN 'running' ELSE status END
            WHERE generation_id = $1
            """;

    private static final String FIND_UNPUBLISHED = "SELECT " + COLUMNS + """
            FROM provider.provider_tasks t
            WHERE version > published_version
              AND updated_at < now() - INTERVAL '2 seconds'
            ORDER BY updated_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE provider.provider_tasks t
            SET published_version = greatest(t.published_version, s.version)
            FROM unnest($1::uuid[], $2::int[]) AS s (id, version)
            WHERE t.generation_id = s.id
            """;

    private final Pool pool;
    private final ObjectMapper json;

    ProviderTaskRepository(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /** @param running tasks that count against KIE's limit of tasks at once */
    record Load(int dueSubmissions, int running) {}

    /** False if the task was there already. */
    boolean insert(GenerationRequested event, Optional<String> traceparent) {
        Tuple parameters = Tuple.tuple()
                .addUUID(event.generationId())
                .addUUID(event.userId())
                .addString(event.family())
                .addString(event.providerModel())
                .addString(event.modality())
                .addString(write(event.input()))
                .addString(write(event.files()))
                .addOffsetDateTime(event.deadlineAt().atOffset(ZoneOffset.UTC))
                .addString(traceparent.orElse(null));
        return query(INSERT, parameters).rowCount() == 1;
    }

    Load load() {
        Row row = query(LOAD, Tuple.tuple()).iterator().next();
        return new Load(
                row.getLong("due_submissions").intValue(),
                row.getLong("running").intValue());
    }

    /** Takes due tasks of those states for one step each, in turn between users. */
    List<ProviderTask> claim(List<ProviderTask.Status> statuses, int limit, Duration lease) {
        String[] names = statuses.stream()
                .map(status -> status.name().toLowerCase(java.util.Locale.ROOT))
                .toArray(String[]::new);
        return query(CLAIM, Tuple.of(names, limit, interval(lease))).stream()
                .map(this::toTask)
                .toList();
    }

    /** Commits that a submission is under way; until {@code patience} has passed nobody tries another. */
    Optional<ProviderTask> startSubmitting(ProviderTask task, Duration patience) {
        return one(START_SUBMITTING, Tuple.of(task.generationId(), task.leaseId(), interval(patience)));
    }

    Optional<ProviderTask> submitted(ProviderTask task, String providerTaskId, Duration firstPoll) {
        return one(
                SUBMITTED,
                Tuple.of(task.generationId(), task.leaseId(), providerTaskId, task.hints(), interval(firstPoll)));
    }

    /** What a postponed task keeps in mind: a setback raises the back-off, a not-found is counted. */
    record PutOff(Duration delay, boolean backToPending, boolean setback, int notFound) {}

    Optional<ProviderTask> putOff(ProviderTask task, PutOff how) {
        return one(
                PUT_OFF,
                Tuple.tuple(Arrays.asList(
                        task.generationId(),
                        task.leaseId(),
                        task.hints(),
                        interval(how.delay()),
                        how.backToPending(),
                        how.setback() ? 1 : -task.setbacks(),
                        how.notFound())));
    }

    Optional<ProviderTask> progress(ProviderTask task, int progress, Duration nextPoll) {
        return one(PROGRESS, Tuple.of(task.generationId(), task.leaseId(), task.hints(), interval(nextPoll), progress));
    }

    /** Keeps the lease: delivery follows in the same step. */
    Optional<ProviderTask> delivering(ProviderTask task, List<String> resultUrls, String rawAnswer) {
        return one(
                DELIVERING,
                Tuple.of(task.generationId(), task.leaseId(), resultUrls.toArray(String[]::new), rawAnswer));
    }

    Optional<ProviderTask> succeed(ProviderTask task, List<StoredAsset> assets) {
        return one(SUCCEED, Tuple.of(task.generationId(), task.leaseId(), write(assets)));
    }

    Optional<ProviderTask> fail(ProviderTask task, ErrorInfo error, Optional<String> rawAnswer) {
        return one(
                FAIL,
                Tuple.of(task.generationId(), task.leaseId(), error.code(), error.message(), rawAnswer.orElse(null)));
    }

    /** The user's wait is over; the task is watched on. */
    Optional<ProviderTask> passDeadline(ProviderTask task, ErrorInfo error, Duration nextPoll) {
        return one(
                PASS_DEADLINE,
                Tuple.of(task.generationId(), task.leaseId(), error.code(), error.message(), interval(nextPoll)));
    }

    /** Takes in a callback: the next step is due now, and a lost task id is found. False for an unknown task. */
    boolean hint(UUID generationId, String providerTaskId) {
        return query(HINT, Tuple.of(generationId, providerTaskId)).rowCount() == 1;
    }

    @Override
    public List<ProviderTask> findUnpublished() {
        return query(FIND_UNPUBLISHED, Tuple.tuple()).stream().map(this::toTask).toList();
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        query(MARK_PUBLISHED, Tuple.of(ids.toArray(UUID[]::new), versions.toArray(Integer[]::new)));
    }

    private Optional<ProviderTask> one(String sql, Tuple parameters) {
        return query(sql, parameters).stream().map(this::toTask).findFirst();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().indefinitely();
    }

    private static io.vertx.pgclient.data.Interval interval(Duration duration) {
        return io.vertx.pgclient.data.Interval.of()
                .seconds((int) duration.toSeconds())
                .microseconds(duration.toMillisPart() * 1000);
    }

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(time -> time.toInstant());
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Can't be written as JSON", e);
        }
    }

    private ProviderTask toTask(Row row) {
        try {
            String assets = row.getString("assets");
            return new ProviderTask(
                    row.getUUID("generation_id"),
                    row.getUUID("user_id"),
                    row.getString("provider_model"),
                    row.getString("modality"),
                    json.readValue(row.getString("input"), new TypeReference<Map<String, Object>>() {}),
                    json.readValue(row.getString("files"), new TypeReference<List<InputFile>>() {}),
                    ProviderTask.Status.of(row.getString("status")),
                    Optional.ofNullable(row.getString("provider_task_id")),
                    row.getInteger("submissions"),
                    row.getInteger("setbacks"),
                    row.getInteger("not_found"),
                    Optional.ofNullable(row.getInteger("progress")),
                    List.of(row.getArrayOfStrings("result_urls")),
                    assets == null ? List.of() : json.readValue(assets, new TypeReference<List<StoredAsset>>() {}),
                    Optional.ofNullable(row.getString("error_code"))
                            .map(code -> new ErrorInfo(code, row.getString("error_message"))),
                    instant(row, "deadline_at").orElseThrow(),
                    row.getOffsetDateTime("deadline_passed_at") != null,
                    row.getUUID("lease_id"),
                    row.getInteger("hints"),
                    row.getInteger("version"),
                    Optional.ofNullable(row.getString("traceparent")),
                    instant(row, "submitted_at"),
                    instant(row, "created_at").orElseThrow(),
                    instant(row, "updated_at").orElseThrow());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Task " + row.getUUID("generation_id") + " holds unreadable JSON", e);
        }
    }
}
