package ru.reklamai.generation.order;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** SQL that takes orders in. */
@ApplicationScoped
class OrderRepository {

    private static final String SUBMIT = """
            SELECT outcome, generation_ids, reserved_credits, deadline_at
            FROM studio.submit_generation($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12::text::jsonb,
                                          $13, $14, $15, $16, $17, $18)
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;
    private final GenerationRepository generations;

    OrderRepository(Pool pool, GenerationRepository generations) {
        this.pool = pool;
        this.generations = generations;
    }

    /** Reserves and inserts all variants, or says why not, in one round trip. */
    Submission submit(Submission.Draft draft) {
        Tuple parameters = Tuple.tuple()
                .addArrayOfUUID(draft.ids().toArray(UUID[]::new))
                .addUUID(draft.userId())
                .addString(draft.role())
                .addUUID(draft.boardId().orElse(null))
                .addUUID(draft.parentId().orElse(null))
                .addString(draft.presetKey())
                .addString(draft.modelKey())
                .addString(draft.modality())
                .addString(draft.prompt())
                .addString(draft.negativePrompt().orElse(null))
                .addString(draft.inputJson())
                .addString(generations.write(draft.providerRequest()))
                .addArrayOfString(draft.uploads().values().toArray(String[]::new))
                .addLong(draft.credits())
                .addString(draft.idempotencyKey().orElse(null))
                .addString(draft.requestHash())
                .addString(draft.traceparent().orElse(null))
                .addInteger((int) draft.deadlineSeconds());
        return toSubmission(pool.preparedQuery(SUBMIT)
                .execute(parameters)
                .await()
                .atMost(QUERY_TIMEOUT)
                .iterator()
                .next());
    }

    private static Submission toSubmission(Row row) {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "accepted" ->
                new Submission.Accepted(
                        List.of(row.getArrayOfUUIDs("generation_ids")),
                        row.getLong("reserved_credits"),
                        row.getOffsetDateTime("deadline_at").toInstant());
            case "replayed" ->
                new Submission.Replayed(
                        List.of(row.getArrayOfUUIDs("generation_ids")), row.getLong("reserved_credits"));
            case "unknown-user" -> new Submission.UnknownUser();
            case "uploads-not-ready" -> new Submission.UploadsNotReady();
            default ->
                new Submission.Refused(Submission.Reason.valueOf(
                        outcome.toUpperCase(Locale.ROOT).replace('-', '_')));
        };
    }
}
