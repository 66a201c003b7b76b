package ru.reklamai.worker.task;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import ru.reklamai.events.GenerationCancelled;
import ru.reklamai.events.GenerationRequested;
import ru.reklamai.kit.messaging.Outbox;

/** SQL on provider tasks from outside of the loop: orders, cancellations, callbacks, publication, reconciliation. */
@ApplicationScoped
class ProviderTaskRepository implements Outbox.Table<ProviderTask> {

    private static final String INSERT = """
            INSERT INTO provider.provider_tasks (generation_id, user_id, family, provider_model, modality, input, files,
                                                 deadline_at, traceparent)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9)
            ON CONFLICT (generation_id) DO NOTHING
            """;

    /** A cancellation that overtakes its order leaves an ended task, so that the order starts nothing. */
    private static final String CANCEL = """
            INSERT INTO provider.provider_tasks AS t
                (generation_id, user_id, family, provider_model, modality, input, files, deadline_at, status,
                 error_code, error_message, cancelled_at, result_wanted)
            VALUES ($1, $2, $3, $4, $5, '{}', '[]', now(), 'failed', 'cancelled', 'Cancelled.', now(), $6)
            ON CONFLICT (generation_id) DO UPDATE
            SET cancelled_at = coalesce(t.cancelled_at, now()), result_wanted = $6,
                next_step_at = CASE WHEN t.status = 'pending' THEN now() ELSE t.next_step_at END
            WHERE t.status IN ('pending', 'submitting', 'running', 'delivering')
            """;

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

    private static final String FIND = "SELECT " + ProviderTaskRowsRepository.COLUMNS + """
            FROM provider.provider_tasks t
            WHERE generation_id = $1
            """;

    private static final String FIND_UNPUBLISHED = "SELECT " + ProviderTaskRowsRepository.COLUMNS + """
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

    private static final String ERASE = """
            UPDATE provider.provider_tasks
            SET input = '{}', files = '[]', raw_answer = NULL, cancelled_at = coalesce(cancelled_at, now()),
                results = CASE WHEN status IN ('succeeded', 'failed') THEN '[]' ELSE results END,
                result_wanted = false,
                next_step_at = CASE WHEN status = 'pending' THEN now() ELSE next_step_at END
            WHERE user_id = $1
            """;

    private static final String HEALTH = "SELECT status, tasks, oldest_seconds FROM provider.health";

    private static final String RECONCILE = "SELECT trouble, found FROM provider.reconciliation";

    private final ProviderTaskRowsRepository rows;

    ProviderTaskRepository(ProviderTaskRowsRepository rows) {
        this.rows = rows;
    }

    /** False if the task was there already. */
    boolean insert(GenerationRequested event, Optional<String> traceparent) {
        Tuple parameters = Tuple.tuple()
                .addUUID(event.generationId())
                .addUUID(event.userId())
                .addString(event.family())
                .addString(event.providerModel())
                .addString(event.modality())
                .addString(rows.write(event.input()))
                .addString(rows.write(event.files()))
                .addOffsetDateTime(event.deadlineAt().atOffset(ZoneOffset.UTC))
                .addString(traceparent.orElse(null));
        return rows.query(INSERT, parameters).rowCount() == 1;
    }

    Optional<ProviderTask> find(UUID generationId) {
        return rows.task(FIND, Tuple.of(generationId));
    }

    /** A repeat changes nothing, nor does a cancellation of what has ended. */
    void cancel(GenerationCancelled event) {
        rows.query(
                CANCEL,
                Tuple.of(
                        event.generationId(),
                        event.userId(),
                        event.family(),
                        event.providerModel(),
                        event.modality(),
                        event.resultWanted()));
    }

    /** Takes in a callback: the next step is due now, and a lost task id is found. False for an unknown task. */
    boolean hint(UUID generationId, String providerTaskId) {
        return rows.query(HINT, Tuple.of(generationId, providerTaskId)).rowCount() == 1;
    }

    @Override
    public List<ProviderTask> findUnpublished() {
        return rows.tasks(FIND_UNPUBLISHED, Tuple.tuple());
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        rows.query(MARK_PUBLISHED, Tuple.of(ids.toArray(UUID[]::new), versions.toArray(Integer[]::new)));
    }

    /** Returns how many tasks have each kind of trouble: 0 is fine. */
    Map<String, Long> reconcile() {
        Map<String, Long> found = new HashMap<>();
        for (Row row : rows.query(RECONCILE, Tuple.tuple())) {
            found.put(row.getString("trouble"), row.getLong("found"));
        }
        return found;
    }

    /** Takes the person out of all tasks and cancels what is under way; returns how many tasks there were. */
    int erase(UUID userId) {
        return rows.query(ERASE, Tuple.of(userId)).rowCount();
    }

    /** Returns how many tasks stand where. */
    Map<String, ProviderHealthResource.TaskCount> health() {
        Map<String, ProviderHealthResource.TaskCount> counts = new TreeMap<>();
        for (Row row : rows.query(HEALTH, Tuple.tuple())) {
            counts.put(
                    row.getString("status"),
                    new ProviderHealthResource.TaskCount(row.getLong("tasks"), row.getLong("oldest_seconds")));
        }
        return counts;
    }
}
