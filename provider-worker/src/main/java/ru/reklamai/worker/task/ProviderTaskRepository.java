package ru.reklamai.worker.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import ru.reklamai.events.Failure;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.kit.database.Database;
import ru.reklamai.kit.messaging.Outbox;

/** Provider tasks and their rows; what is written here changes no status. */
@ApplicationScoped
public class ProviderTaskRepository implements Outbox.Table<ProviderTask> {

    static final String COLUMNS = """
            t.generation_id, t.user_id, t.family, t.provider_model, t.modality, t.input::text AS input,
            t.files::text AS files, t.status, t.provider_task_id, t.setbacks, t.not_found, t.delivery_attempts,
            t.progress, t.results::text AS results, coalesce(t.assets, '[]')::text AS assets, t.error_code,
            t.error_parameters, t.deadline_at, t.deadline_passed_at, t.cancelled_at, t.result_wanted, t.lease_id,
            t.callbacks, t.version, t.traceparent, t.submitted_at, t.created_at, t.updated_at
            """;

    private static final String FIND = "SELECT " + COLUMNS + """
            FROM provider.provider_tasks t
            WHERE generation_id = $1
            """;

    private static final String FIND_UNPUBLISHED = "SELECT " + COLUMNS + """
            FROM provider.provider_tasks t
            WHERE version > published_version
              AND updated_at < now() - INTERVAL '2 seconds'
              AND NOT (generation_id = ANY($1))
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

    private static final String COUNT_BY_STATUS = "SELECT status, tasks, oldest_seconds FROM provider.health";

    private static final String RECONCILE = "SELECT trouble, found FROM provider.reconciliation";

    private final Database database;
    private final ObjectMapper json;

    ProviderTaskRepository(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** @param oldestSeconds since the oldest of them was ordered; 0 for those that have ended */
    public record TaskCount(
            @Schema(examples = "3") long tasks,
            @Schema(examples = "41") long oldestSeconds) {}

    public Optional<ProviderTask> find(UUID generationId) {
        return task(FIND, generationId);
    }

    @Override
    public List<ProviderTask> findUnpublished(Collection<UUID> passedOver) {
        return tasks(FIND_UNPUBLISHED, (Object) passedOver.toArray(UUID[]::new));
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        database.update(MARK_PUBLISHED, ids.toArray(UUID[]::new), versions.toArray(Integer[]::new));
    }

    /** Takes the person out of all tasks and cancels what is under way; returns how many tasks there were. */
    public int erase(UUID userId) {
        return database.update(ERASE, userId);
    }

    /** Returns how many tasks stand where; of those that ended only the last hour's. */
    public Map<String, TaskCount> countByStatus() {
        Map<String, TaskCount> counts = new TreeMap<>();
        for (Row row : database.query(COUNT_BY_STATUS)) {
            counts.put(row.getString("status"), new TaskCount(row.getLong("tasks"), row.getLong("oldest_seconds")));
        }
        return counts;
    }

    /** Returns how many tasks have each kind of trouble: 0 is fine. */
    Map<String, Long> reconcile() {
        Map<String, Long> found = new TreeMap<>();
        for (Row row : database.query(RECONCILE)) {
            found.put(row.getString("trouble"), row.getLong("found"));
        }
        return found;
    }

    List<ProviderTask> tasks(String sql, Object... parameters) {
        return database.list(this::toTask, sql, parameters);
    }

    Optional<ProviderTask> task(String sql, Object... parameters) {
        return database.first(this::toTask, sql, parameters);
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Can't be written as JSON", e);
        }
    }

    private ProviderTask toTask(Row row) {
        try {
            return new ProviderTask(
                    row.getUUID("generation_id"),
                    row.getUUID("user_id"),
                    ProviderFamily.of(row.getString("family")).orElseThrow(),
                    row.getString("provider_model"),
                    row.getString("modality"),
                    json.readValue(row.getString("input"), new TypeReference<Map<String, Object>>() {}),
                    json.readValue(row.getString("files"), new TypeReference<List<InputFile>>() {}),
                    ProviderTask.Status.of(row.getString("status")),
                    Optional.ofNullable(row.getString("provider_task_id")),
                    row.getInteger("setbacks"),
                    row.getInteger("not_found"),
                    row.getInteger("delivery_attempts"),
                    Optional.ofNullable(row.getInteger("progress")),
                    json.readValue(row.getString("results"), new TypeReference<List<ResultFile>>() {}),
                    json.readValue(row.getString("assets"), new TypeReference<List<StoredAsset>>() {}),
                    Optional.ofNullable(row.getString("error_code"))
                            .map(code -> new Failure(code, List.of(row.getArrayOfStrings("error_parameters")))),
                    Database.instant(row, "deadline_at"),
                    row.getOffsetDateTime("deadline_passed_at") != null,
                    row.getOffsetDateTime("cancelled_at") != null,
                    row.getBoolean("result_wanted"),
                    Optional.ofNullable(row.getUUID("lease_id")),
                    row.getInteger("callbacks"),
                    row.getInteger("version"),
                    Optional.ofNullable(row.getString("traceparent")),
                    Database.optionalInstant(row, "submitted_at"),
                    Database.instant(row, "created_at"),
                    Database.instant(row, "updated_at"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Task " + row.getUUID("generation_id") + " holds unreadable JSON", e);
        }
    }
}
