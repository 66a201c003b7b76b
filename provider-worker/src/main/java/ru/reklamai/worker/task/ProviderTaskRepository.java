package ru.reklamai.worker.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.data.Interval;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.worker.kie.ResultFile;

/** How a provider task stands in its row, for the repositories that read and write it. */
@ApplicationScoped
class ProviderTaskRowsRepository {

    static final String COLUMNS = """
            t.generation_id, t.user_id, t.family, t.provider_model, t.modality, t.input::text AS input,
            t.files::text AS files, t.status, t.provider_task_id, t.setbacks, t.not_found, t.delivery_attempts,
            t.progress, t.results::text AS results, t.assets::text AS assets, t.error_code, t.error_message,
            t.deadline_at, t.deadline_passed_at, t.cancelled_at, t.result_wanted, t.lease_id, t.hints, t.version,
            t.traceparent, t.submitted_at, t.created_at, t.updated_at
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;
    private final ObjectMapper json;

    ProviderTaskRowsRepository(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    List<ProviderTask> tasks(String sql, Tuple parameters) {
        return query(sql, parameters).stream().map(this::toTask).toList();
    }

    Optional<ProviderTask> task(String sql, Tuple parameters) {
        return tasks(sql, parameters).stream().findFirst();
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
            String assets = row.getString("assets");
            return new ProviderTask(
                    row.getUUID("generation_id"),
                    row.getUUID("user_id"),
                    row.getString("family"),
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
                    assets == null ? List.of() : json.readValue(assets, new TypeReference<List<StoredAsset>>() {}),
                    Optional.ofNullable(row.getString("error_code"))
                            .map(code -> new ErrorInfo(code, row.getString("error_message"))),
                    instant(row, "deadline_at").orElseThrow(),
                    row.getOffsetDateTime("deadline_passed_at") != null,
                    row.getOffsetDateTime("cancelled_at") != null,
                    row.getBoolean("result_wanted"),
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

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(time -> time.toInstant());
    }

    static Interval interval(Duration duration) {
        return Interval.of().seconds((int) duration.toSeconds()).microseconds(duration.toMillisPart() * 1000);
    }
}
