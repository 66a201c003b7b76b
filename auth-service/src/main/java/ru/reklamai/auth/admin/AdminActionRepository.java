package ru.reklamai.auth.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;
import ru.reklamai.kit.messaging.Outbox;

/** All SQL on what admins do: each change of a user is written together with its entry for the audit log. */
@ApplicationScoped
class AdminActionRepository implements Outbox.Table<AdminAction> {

    private static final String INSERT_IF = """
            INSERT INTO auth.admin_actions (id, actor_id, action, subject, details)
            SELECT $1, $2, $3, $4, $5
            WHERE\s""";

    private static final String SET_ROLE = INSERT_IF + "auth.set_role($6, $7)";
    private static final String SET_BLOCKED = INSERT_IF + "auth.set_blocked($6, $7)";

    private static final String FIND_UNPUBLISHED = """
            SELECT id, actor_id, action, subject, details, created_at
            FROM auth.admin_actions
            WHERE version > published_version
              AND created_at < now() - INTERVAL '2 seconds'
              AND NOT (id = ANY($1))
            ORDER BY created_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE auth.admin_actions a
            SET published_version = s.version
            FROM unnest($1::uuid[], $2::int[]) AS s (id, version)
            WHERE a.id = s.id
            """;

    private final Database database;

    AdminActionRepository(Database database) {
        this.database = database;
    }

    /** Returns false if there is no such user; then nothing is logged either. */
    boolean setRole(UUID user, String role, AdminAction action) {
        return changeAndLog(SET_ROLE, action, user, role);
    }

    /** Returns false if there is no such user; then nothing is logged either. */
    boolean setBlocked(UUID user, boolean blocked, AdminAction action) {
        return changeAndLog(SET_BLOCKED, action, user, blocked);
    }

    private boolean changeAndLog(String sql, AdminAction action, UUID user, Object value) {
        return database.update(
                        sql,
                        action.id(),
                        action.actorId(),
                        action.action(),
                        action.subject(),
                        new JsonObject(action.details()),
                        user,
                        value)
                == 1;
    }

    @Override
    public List<AdminAction> findUnpublished(Collection<UUID> passedOver) {
        return database.list(AdminActionRepository::action, FIND_UNPUBLISHED, (Object) passedOver.toArray(UUID[]::new));
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        database.update(MARK_PUBLISHED, ids.toArray(UUID[]::new), versions.toArray(Integer[]::new));
    }

    private static AdminAction action(Row row) {
        return new AdminAction(
                row.getUUID("id"),
                Optional.ofNullable(row.getUUID("actor_id")),
                row.getString("action"),
                row.getString("subject"),
                row.get(JsonObject.class, "details").getMap(),
                Database.instant(row, "created_at"),
                Optional.empty());
    }
}
