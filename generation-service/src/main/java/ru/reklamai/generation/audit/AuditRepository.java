package ru.reklamai.generation.audit;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.AdminActed;
import ru.reklamai.kit.database.Database;

/** SQL on the audit log; most entries are written by the schema's function audit, together with the change. */
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

    private final Database database;

    AuditRepository(Database database) {
        this.database = database;
    }

    List<AuditEntry> find(
            Optional<UUID> actor, Optional<String> action, Optional<String> subject, Optional<UUID> before, int limit) {
        return database.list(AuditRepository::toEntry, FIND, actor, action, subject, before, limit);
    }

    /** Records what another service reports; a repeat changes nothing. */
    void insert(AdminActed event) {
        database.update(
                INSERT,
                event.id(),
                Optional.ofNullable(event.actorId()),
                event.action(),
                event.subject(),
                new JsonObject(event.details()),
                event.occurredAt());
    }

    void record(UUID actor, String action, String subject, JsonObject details) {
        database.query(RECORD, actor, action, subject, details);
    }

    private static AuditEntry toEntry(Row row) {
        return new AuditEntry(
                row.getUUID("id"),
                row.getUUID("actor_id"),
                row.getString("action"),
                row.getString("subject"),
                row.get(JsonObject.class, "details").getMap(),
                Database.instant(row, "created_at"));
    }
}
