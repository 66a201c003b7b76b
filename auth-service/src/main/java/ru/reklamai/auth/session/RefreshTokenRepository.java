package ru.reklamai.auth.session;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.auth.user.User;
import ru.reklamai.auth.user.UserRepository;

/** All SQL on refresh tokens. */
@ApplicationScoped
class RefreshTokenRepository {

    private static final String INSERT = """
            INSERT INTO auth.refresh_tokens (id, family_id, user_id, token_hash, expires_at, user_agent, address)
            VALUES ($1, $1, $2, $3, $4, $5, $6)
            """;

    private static final String ROTATE = """
            WITH used AS (
                UPDATE auth.refresh_tokens t
                SET used_at = now()
                FROM auth.users u
                WHERE t.token_hash = $1
                  AND t.used_at IS NULL
                  AND t.revoked_at IS NULL
                  AND t.expires_at > now()
                  AND u.id = t.user_id
                  AND u.blocked_at IS NULL
                  AND u.deleted_at IS NULL
                RETURNING t.family_id, t.user_id
            ), next AS (
                INSERT INTO auth.refresh_tokens (id, family_id, user_id, token_hash, expires_at, user_agent, address)
                SELECT $2, family_id, user_id, $3, $4, $5, $6
                FROM used
                RETURNING family_id, user_id
            )
            SELECT next.family_id,
            """ + UserRepository.COLUMNS + """
            FROM next
            JOIN auth.users u ON u.id = next.user_id
            """;

    private static final String REVOKE_FAMILY = """
            UPDATE auth.refresh_tokens
            SET revoked_at = now()
            WHERE revoked_at IS NULL
              AND family_id = (SELECT family_id FROM auth.refresh_tokens WHERE token_hash = $1)
            RETURNING family_id
            """;

    private static final String DELETE_EXPIRED = """
            DELETE FROM auth.refresh_tokens
            WHERE expires_at < now() - INTERVAL '7 days'
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    RefreshTokenRepository(Pool pool) {
        this.pool = pool;
    }

    void insert(UUID id, UUID userId, byte[] hash, Instant expiresAt, Device device) {
        query(INSERT, Tuple.of(id, userId, Buffer.buffer(hash), utc(expiresAt), device.userAgent(), device.address()));
    }

    record Family(UUID sessionId, User user) {}

    /** Uses up the old token and stores the next one of its family, or does nothing and returns empty. */
    Optional<Family> rotate(byte[] oldHash, UUID nextId, byte[] nextHash, Instant expiresAt, Device device) {
        var parameters = Tuple.of(
                Buffer.buffer(oldHash),
                nextId,
                Buffer.buffer(nextHash),
                utc(expiresAt),
                device.userAgent(),
                device.address());
        return query(ROTATE, parameters).stream()
                .map(row -> new Family(row.getUUID("family_id"), UserRepository.toUser(row)))
                .findFirst();
    }

    /** Returns the family if it was alive. */
    Optional<UUID> revokeFamilyOf(byte[] hash) {
        return query(REVOKE_FAMILY, Tuple.of(Buffer.buffer(hash))).stream()
                .map(row -> row.getUUID("family_id"))
                .findFirst();
    }

    @Scheduled(every = "1h", delayed = "1m")
    @RunOnVirtualThread
    void deleteExpired() {
        query(DELETE_EXPIRED, Tuple.tuple());
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
