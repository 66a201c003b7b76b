package ru.reklamai.auth.session;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** All SQL on sessions, which are what refresh tokens of a family have in common. */
@ApplicationScoped
class SessionRepository {

    private static final String FIND = """
            SELECT id, created_at, last_used_at, user_agent, address
            FROM auth.sessions
            WHERE user_id = $1
            ORDER BY last_used_at DESC
            LIMIT 200
            """;

    private static final String END = """
            UPDATE auth.refresh_tokens
            SET revoked_at = now()
            WHERE user_id = $1 AND family_id = $2 AND revoked_at IS NULL
            RETURNING family_id
            """;

    private static final String END_ALL_BUT = """
            WITH ended AS (
                UPDATE auth.refresh_tokens
                SET revoked_at = now()
                WHERE user_id = $1 AND family_id <> $2 AND revoked_at IS NULL
                RETURNING family_id
            )
            SELECT DISTINCT family_id FROM ended
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    SessionRepository(Pool pool) {
        this.pool = pool;
    }

    List<SessionResource.Session> find(UUID user) {
        return query(FIND, Tuple.of(user)).stream()
                .map(row -> new SessionResource.Session(
                        row.getUUID("id"),
                        row.getOffsetDateTime("created_at").toInstant(),
                        row.getOffsetDateTime("last_used_at").toInstant(),
                        row.getString("user_agent"),
                        row.getString("address"),
                        false))
                .toList();
    }

    List<UUID> end(UUID user, UUID session) {
        return families(query(END, Tuple.of(user, session)));
    }

    List<UUID> endAllBut(UUID user, UUID kept) {
        return families(query(END_ALL_BUT, Tuple.of(user, kept)));
    }

    private static List<UUID> families(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getUUID("family_id")).toList();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
