package ru.reklamai.auth.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.messaging.Outbox;

/** SQL on the way of admin actions to the audit log; they are written with what they change. */
@ApplicationScoped
class AdminActionRepository implements Outbox.Table<AdminAction> {

    private static final String FIND_UNPUBLISHED = """
            SELECT id, actor_id, action, subject, details, created_at
            FROM auth.admin_actions
            WHERE version > published_version
              AND created_at < now() - INTERVAL '2 seconds'
            ORDER BY created_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE auth.admin_actions a
            SET published_version = s.version
            FROM unnest($1::uuid[], $2::int[]) AS s (id, version)
            WHERE a.id = s.id
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    AdminActionRepository(Pool pool) {
        this.pool = pool;
    }

    @Override
    public List<AdminAction> findUnpublished() {
        return query(FIND_UNPUBLISHED, Tuple.tuple()).stream()
                .map(row -> new AdminAction(
                        row.getUUID("id"),
                        Optional.ofNullable(row.getUUID("actor_id")),
                        row.getString("action"),
                        row.getString("subject"),
                        row.get(JsonObject.class, "details").getMap(),
                        row.getOffsetDateTime("created_at").toInstant()))
                .toList();
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        query(MARK_PUBLISHED, Tuple.of(ids.toArray(UUID[]::new), versions.toArray(Integer[]::new)));
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
