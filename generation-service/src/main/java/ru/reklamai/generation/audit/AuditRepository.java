package ru.reklamai.generation.audit;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.AdminActed;

/** SQL on the audit log, but for what the schema's function audit writes with each change. */
@ApplicationScoped
class AuditRepository {

    private static final String FIND = """
            SELECT id, actor_id, action, subject, details, created_at
            FROM studio.audit_log
            WHERE ($1::uuid IS NULL OR actor_id = $1)
              AND ($2::text IS NULL OR action = $2)
              AND ($3::text IS NULL OR subject = $3)
              AND ($4::uuid IS NULL OR id < $4)
            ORDER BY id DESC
            LIMIT $5
            """;

    private static final String INSERT = """
            INSERT INTO studio.audit_log (id, actor_id, action, subject, details, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING
            """;

    private static final String RECORD = "SELECT studio.audit($1, $2, $3, $4)";

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    AuditRepository(Pool pool) {
        this.pool = pool;
    }

    List<AuditResource.AuditEntry> find(
            Optional<UUID> actor, Optional<String> action, Optional<String> subject, Optional<UUID> before, int limit) {
        Tuple parameters =
                Tuple.of(actor.orElse(null), action.orElse(null), subject.orElse(null), before.orElse(null), limit);
        return query(FIND, parameters).stream()
                .map(row -> new AuditResource.AuditEntry(
                        row.getUUID("id"),
                        row.getUUID("actor_id"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.get(JsonObject.class, "details").getMap(),
                        row.getOffsetDateTime("created_at").toInstant()))
                .toList();
    }

    /** What another service tells; a repeat changes nothing. */
    boolean insert(AdminActed event) {
        Tuple parameters = Tuple.of(event.id(), event.actorId(), event.action(), event.subject())
                .addJsonObject(new JsonObject(event.details()))
                .addOffsetDateTime(event.occurredAt().atOffset(ZoneOffset.UTC));
        return query(INSERT, parameters).rowCount() == 1;
    }

    void record(UUID actor, String action, String subject, JsonObject details) {
        query(RECORD, Tuple.of(actor, action, subject, details));
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
