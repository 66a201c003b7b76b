package ru.reklamai.auth.mail;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** All SQL on mails. */
@ApplicationScoped
class MailRepository {

    private static final String ORDER = """
            INSERT INTO auth.mails (id, user_id, purpose, language, expires_at)
            SELECT $1, u.id, $2, $3, now() + make_interval(secs => $4)
            FROM auth.users u
            WHERE %s
              AND u.deleted_at IS NULL
              AND u.blocked_at IS NULL
              AND ($2 <> 'verify-email' OR u.email_verified_at IS NULL)
              AND NOT EXISTS (SELECT FROM auth.mails m
                              WHERE m.user_id = u.id
                                AND m.purpose = $2
                                AND m.created_at > now() - make_interval(secs => $5))
            RETURNING user_id
            """;

    private static final String ORDER_BY_ID = ORDER.formatted("u.id = $6::uuid");
    private static final String ORDER_BY_EMAIL = ORDER.formatted("u.email = $6::text");

    /** Whoever used any of our links reads that mailbox; a used link of a kind ends the others. */
    private static final String USE = """
            WITH used AS (
                UPDATE auth.mails
                SET used_at = now()
                WHERE id = $1
                  AND purpose = $2
                  AND used_at IS NULL
                  AND expires_at > now()
                RETURNING id, user_id
            ), others AS (
                UPDATE auth.mails m
                SET used_at = now()
                FROM used
                WHERE m.user_id = used.user_id AND m.purpose = $2 AND m.used_at IS NULL AND m.id <> used.id
            )
            UPDATE auth.users u
            SET email_verified_at = coalesce(email_verified_at, now()), updated_at = now()
            FROM used
            WHERE u.id = used.user_id AND u.deleted_at IS NULL
            RETURNING u.id AS user_id
            """;

    /** Takes what is due and puts it off, so that no other instance sends it now. */
    private static final String CLAIM = """
            UPDATE auth.mails m
            SET attempts = attempts + 1,
                next_attempt_at = now() + least(INTERVAL '1 hour', INTERVAL '30 seconds' * 2 ^ least(attempts, 10))
            FROM auth.users u
            WHERE u.id = m.user_id
              AND m.id IN (SELECT id
                           FROM auth.mails
                           WHERE sent_at IS NULL
                             AND next_attempt_at <= now()
                             AND expires_at > now()
                             AND used_at IS NULL
                           ORDER BY next_attempt_at
                           LIMIT 20
                           FOR UPDATE SKIP LOCKED)
            RETURNING m.id, m.user_id, m.purpose, m.language, u.email
            """;

    private static final String MARK_SENT = "UPDATE auth.mails SET sent_at = now() WHERE id = $1";

    private static final String DELETE_OLD = "DELETE FROM auth.mails WHERE expires_at < now() - INTERVAL '7 days'";

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    MailRepository(Pool pool) {
        this.pool = pool;
    }

    record DueMail(UUID id, UUID userId, Mails.Purpose purpose, String language, String email) {}

    Optional<UUID> order(
            UUID id, Mails.Purpose purpose, UUID userId, Locale language, Duration lifetime, Duration pause) {
        return insert(ORDER_BY_ID, id, purpose, language, lifetime, pause, userId);
    }

    Optional<UUID> orderByEmail(
            UUID id, Mails.Purpose purpose, String email, Locale language, Duration lifetime, Duration pause) {
        return insert(ORDER_BY_EMAIL, id, purpose, language, lifetime, pause, email);
    }

    private Optional<UUID> insert(
            String sql,
            UUID id,
            Mails.Purpose purpose,
            Locale language,
            Duration lifetime,
            Duration pause,
            Object user) {
        Tuple parameters = Tuple.of(
                id, purpose.text(), language.getLanguage(), (double) lifetime.toSeconds(), (double) pause.toSeconds());
        return userIdOf(query(sql, parameters.addValue(user)));
    }

    Optional<UUID> use(UUID id, Mails.Purpose purpose) {
        return userIdOf(query(USE, Tuple.of(id, purpose.text())));
    }

    List<DueMail> claim() {
        return query(CLAIM, Tuple.tuple()).stream()
                .map(row -> new DueMail(
                        row.getUUID("id"),
                        row.getUUID("user_id"),
                        Mails.Purpose.of(row.getString("purpose")),
                        row.getString("language"),
                        row.getString("email")))
                .toList();
    }

    void markSent(UUID id) {
        query(MARK_SENT, Tuple.of(id));
    }

    void deleteOld() {
        query(DELETE_OLD, Tuple.tuple());
    }

    private static Optional<UUID> userIdOf(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getUUID("user_id")).findFirst();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
