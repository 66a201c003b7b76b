package ru.reklamai.auth.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;

/** SQL with which admins find and change users; each change writes its entry for the audit log. */
@ApplicationScoped
class AdminUserRepository {

    private static final String SEARCH = "SELECT " + UserRepository.COLUMNS + """
            FROM auth.users u
            WHERE u.deleted_at IS NULL
              AND ($1::text IS NULL OR strpos(u.email, lower($1)) > 0 OR u.id::text = $1)
              AND ($2::text IS NULL OR u.role = $2)
              AND ($3::boolean IS NULL OR (u.blocked_at IS NOT NULL) = $3)
              AND ($4::uuid IS NULL OR u.id < $4)
            ORDER BY u.id DESC
            LIMIT $5
            """;

    private static final String FIND =
            "SELECT " + UserRepository.COLUMNS + "FROM auth.users u WHERE u.id = $1 AND u.deleted_at IS NULL";

    /** Continues a statement whose first part is {@code u}, the changed user; $3 to $7 are the action. */
    private static final String AND_LOG = """
            ), logged AS (
                INSERT INTO auth.admin_actions (id, actor_id, action, subject, details)
                SELECT $3, $4, $5, $6, $7 FROM u
            )
            SELECT
            """ + UserRepository.COLUMNS + "FROM u";

    private static final String SET_ROLE = """
            WITH u AS (
                UPDATE auth.users
                SET role = $2, updated_at = now()
                WHERE id = $1 AND deleted_at IS NULL
                RETURNING *
            """ + AND_LOG;

    private static final String SET_BLOCKED = """
            WITH u AS (
                UPDATE auth.users
                SET blocked_at = CASE WHEN $2 THEN coalesce(blocked_at, now()) END, updated_at = now()
                WHERE id = $1 AND deleted_at IS NULL
                RETURNING *
            """ + AND_LOG;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    AdminUserRepository(Pool pool) {
        this.pool = pool;
    }

    List<User> search(
            Optional<String> text, Optional<String> role, Optional<Boolean> blocked, Optional<UUID> before, int limit) {
        return query(
                SEARCH,
                Tuple.of(text.orElse(null), role.orElse(null), blocked.orElse(null), before.orElse(null), limit));
    }

    Optional<User> find(UUID id) {
        return query(FIND, Tuple.of(id)).stream().findFirst();
    }

    Optional<User> setRole(UUID id, String role, AdminAction action) {
        return query(SET_ROLE, with(Tuple.of(id, role), action)).stream().findFirst();
    }

    Optional<User> setBlocked(UUID id, boolean blocked, AdminAction action) {
        return query(SET_BLOCKED, with(Tuple.of(id, blocked), action)).stream().findFirst();
    }

    private static Tuple with(Tuple parameters, AdminAction action) {
        return parameters
                .addUUID(action.id())
                .addUUID(action.actorId().orElse(null))
                .addString(action.action())
                .addString(action.subject())
                .addJsonObject(new JsonObject(action.details()));
    }

    private List<User> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT).stream()
                .map(UserRepository::toUser)
                .toList();
    }
}
