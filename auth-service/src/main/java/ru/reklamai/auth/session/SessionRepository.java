package ru.reklamai.auth.session;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** All SQL on sessions, which are families of refresh tokens. */
@ApplicationScoped
class SessionRepository {

    private static final String START = """
            INSERT INTO auth.refresh_tokens (id, family_id, user_id, token_hash, expires_at, user_agent, address)
            VALUES ($1, $1, $2, $3, $4, $5, $6)
            """;

    private static final String ROTATE = """
            WITH used AS (
                UPDATE auth.refresh_tokens t
                SET used_at = now()
                FROM auth.accounts a
                WHERE t.token_hash = $1
                  AND t.used_at IS NULL
                  AND t.revoked_at IS NULL
                  AND t.expires_at > now()
                  AND a.id = t.user_id
                  AND a.active
                RETURNING t.family_id, t.user_id, a.email, a.role
            ), next AS (
                INSERT INTO auth.refresh_tokens (id, family_id, user_id, token_hash, expires_at, user_agent, address)
                SELECT $2, family_id, user_id, $3, $4, $5, $6
                FROM used
            )
            SELECT family_id, user_id, email, role
            FROM used
            """;

    private static final String END_BY_TOKEN = """
            UPDATE auth.refresh_tokens
            SET revoked_at = now()
            WHERE revoked_at IS NULL
              AND family_id = (SELECT family_id FROM auth.refresh_tokens WHERE token_hash = $1)
            RETURNING family_id
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
                WHERE user_id = $1 AND ($2::uuid IS NULL OR family_id <> $2) AND revoked_at IS NULL
                RETURNING family_id
            )
            SELECT DISTINCT family_id FROM ended
            """;

    private static final String FIND = """
            SELECT id, created_at, last_used_at, user_agent, address, id = $2 AS current
            FROM auth.sessions
            WHERE user_id = $1
            ORDER BY last_used_at DESC
            LIMIT 200
            """;

    private static final String DELETE_EXPIRED = """
            DELETE FROM auth.refresh_tokens
            WHERE expires_at < now() - INTERVAL '7 days'
            """;

    private final Database database;

    SessionRepository(Database database) {
        this.database = database;
    }

    /** A refresh token as it is stored; its id is also the session's if it is the first of its family. */
    record NewToken(UUID id, Buffer hash, Instant expiresAt, Device device) {}

    record Rotated(UUID sessionId, Account account) {}

    void start(UUID user, NewToken first) {
        database.update(
                START,
                first.id(),
                user,
                first.hash(),
                first.expiresAt(),
                first.device().userAgent(),
                first.device().address());
    }

    /** Uses up the old token and stores the next one of its family, or does nothing and returns empty. */
    Optional<Rotated> rotate(Buffer usedHash, NewToken next) {
        return database.first(
                SessionRepository::rotated,
                ROTATE,
                usedHash,
                next.id(),
                next.hash(),
                next.expiresAt(),
                next.device().userAgent(),
                next.device().address());
    }

    /** Returns the session that the token belongs to, if it was alive. */
    Optional<UUID> endByToken(Buffer hash) {
        return database.first(SessionRepository::family, END_BY_TOKEN, hash);
    }

    Optional<UUID> end(UUID user, UUID session) {
        return database.first(SessionRepository::family, END, user, session);
    }

    List<UUID> endAllBut(UUID user, Optional<UUID> kept) {
        return database.list(SessionRepository::family, END_ALL_BUT, user, kept);
    }

    List<Session> find(UUID user, UUID current) {
        return database.list(SessionRepository::session, FIND, user, current);
    }

    @Scheduled(every = "1h", delayed = "1m")
    @RunOnVirtualThread
    void deleteExpired() {
        database.update(DELETE_EXPIRED);
    }

    private static UUID family(Row row) {
        return row.getUUID("family_id");
    }

    private static Rotated rotated(Row row) {
        return new Rotated(
                family(row), new Account(row.getUUID("user_id"), row.getString("email"), row.getString("role")));
    }

    private static Session session(Row row) {
        return new Session(
                row.getUUID("id"),
                Database.instant(row, "created_at"),
                Database.instant(row, "last_used_at"),
                row.getString("user_agent"),
                row.getString("address"),
                row.getBoolean("current"));
    }
}
