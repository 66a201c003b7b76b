package ru.reklamai.generation.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.Failure;
import ru.reklamai.kit.database.Database;
import ru.reklamai.kit.messaging.Outbox;

/** SQL that takes orders in, finds generations, and follows what of them is published. */
@ApplicationScoped
public class GenerationRepository implements Outbox.Table<Generation> {

    static final String COLUMNS = """
            g.id, g.user_id, g.board_id, g.parent_id, g.batch_id, g.favourite, g.preset_key, g.model_key, g.modality,
            g.prompt, g.negative_prompt, g.input::text AS input, g.provider_request::text AS provider_request,
            g.status, g.progress, g.reserved_credits, g.final_credits, g.error_code, g.error_parameters,
            g.thumbnail_path, g.version, g.traceparent, g.deadline_at, g.created_at, g.updated_at, g.finished_at
            """;

    private static final String SUBMIT = "SELECT s.outcome, " + COLUMNS + """
            FROM studio.submit_generation($1, $2, $3::text::jsonb) AS s
            CROSS JOIN LATERAL (SELECT (s.generation).*) AS g
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
            WHERE g.version > g.published_version
              AND g.updated_at < now() - INTERVAL '2 seconds'
              AND NOT (g.id = ANY ($1))
            ORDER BY g.updated_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE studio.generations g
            SET published_version = greatest(g.published_version, s.version), published_at = now()
            FROM unnest($1::uuid[], $2::int[]) AS s (id, version)
            WHERE g.id = s.id
            """;

    private final Database database;
    private final ObjectMapper json;

    GenerationRepository(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Reserves the credits and inserts all variants, or says why not, in one round trip.
     *
     * @param order is written as JSON, which the schema's function submit_generation describes
     */
    public Submission submit(UUID user, String role, Record order) {
        List<Row> rows =
                database.query(SUBMIT, user, role, write(order)).stream().toList();
        String outcome = rows.getFirst().getString("outcome");
        return switch (outcome) {
            case "accepted" ->
                new Submission.Accepted(rows.stream().map(this::read).toList());
            case "replayed" ->
                new Submission.Replayed(rows.stream().map(this::read).toList());
            default ->
                new Submission.Refused(Submission.Reason.valueOf(
                        outcome.toUpperCase(Locale.ROOT).replace('-', '_')));
        };
    }

    /** Returns empty for an unknown generation and for one that the user may not see. */
    public Optional<Generation> find(UUID id, UUID userId) {
        return database.first(this::read, FIND, id, userId);
    }

    /** Returns the user's active generations and those changed since, newest change first. */
    List<Generation> findChanges(UUID userId, Instant since) {
        return database.list(this::read, FIND_CHANGES, userId, since);
    }

    @Override
    public List<Generation> findUnpublished(Collection<UUID> passedOver) {
        return database.list(this::read, FIND_UNPUBLISHED, (Object) passedOver.toArray(UUID[]::new));
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        database.update(MARK_PUBLISHED, ids.toArray(UUID[]::new), versions.toArray(Integer[]::new));
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Can't be written as JSON", e);
        }
    }

    /** Reads a row that has all of {@link #COLUMNS}. */
    Generation read(Row row) {
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
                parse(row, "input", JsonNode.class),
                parse(row, "provider_request", Generation.ProviderRequest.class),
                Status.of(row.getString("status")),
                Optional.ofNullable(row.getInteger("progress")),
                row.getLong("reserved_credits"),
                Optional.ofNullable(row.getLong("final_credits")),
                Optional.ofNullable(row.getString("error_code"))
                        .map(code -> new Failure(code, List.of(row.getArrayOfStrings("error_parameters")))),
                Optional.ofNullable(row.getString("thumbnail_path")),
                row.getInteger("version"),
                Optional.ofNullable(row.getString("traceparent")),
                Database.instant(row, "deadline_at"),
                Database.instant(row, "created_at"),
                Database.instant(row, "updated_at"),
                Database.optionalInstant(row, "finished_at"));
    }

    private <T> T parse(Row row, String column, Class<T> type) {
        try {
            return json.readValue(row.getString(column), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Generation " + row.getUUID("id") + " holds unreadable JSON", e);
        }
    }
}
