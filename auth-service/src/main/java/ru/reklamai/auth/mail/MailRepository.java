package ru.reklamai.auth.mail;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** All SQL on mails. */
@ApplicationScoped
class MailRepository {

    private static final String ORDER = """
            INSERT INTO auth.mails (id, user_id, purpose, language, expires_at)
            SELECT $1, a.id, $2, $3, now() + $4::interval
            FROM auth.accounts a
            WHERE %s
              AND a.active
              AND ($2 <> 'verify-email' OR NOT a.verified)
              AND NOT EXISTS (SELECT FROM auth.mails m
                              WHERE m.user_id = a.id
                                AND m.purpose = $2
                                AND m.created_at > now() - $5::interval)
            RETURNING user_id
            """;

    private static final String ORDER_BY_ID = ORDER.formatted("a.id = $6::uuid");
    private static final String ORDER_BY_EMAIL = ORDER.formatted("a.email = $6::text");

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
            SELECT user_id
            FROM used
            WHERE auth.verify_email(user_id)
            """;

    /** Puts off what it returns, so that no other instance sends it now. */
    private static final String CLAIM = """
            UPDATE auth.mails m
            SET attempts = attempts + 1,
                next_attempt_at = now() + least(INTERVAL '1 hour', INTERVAL '30 seconds' * 2 ^ least(attempts, 10))
            FROM auth.accounts a
            WHERE a.id = m.user_id
              AND m.id IN (SELECT id
                           FROM auth.mails
                           WHERE sent_at IS NULL
                             AND next_attempt_at <= now()
                             AND expires_at > now()
                             AND used_at IS NULL
                           ORDER BY next_attempt_at
                           LIMIT 20
                           FOR UPDATE SKIP LOCKED)
            RETURNING m.id, m.user_id, m.purpose, m.language, a.email
            """;

    private static final String MARK_SENT = "UPDATE auth.mails SET sent_at = now() WHERE id = $1";

    private static final String DELETE_OLD = "DELETE FROM auth.mails WHERE expires_at < now() - INTERVAL '7 days'";

    private final Database database;

    MailRepository(Database database) {
        this.database = database;
    }

    /** @param pause none is written if there is one of its kind that is not older than this */
    record NewMail(UUID id, Mails.Purpose purpose, Locale language, Duration lifetime, Duration pause) {}

    record DueMail(UUID id, UUID userId, Mails.Purpose purpose, String language, String email) {}

    Optional<UUID> order(NewMail mail, UUID user) {
        return insert(ORDER_BY_ID, mail, user);
    }

    Optional<UUID> orderByEmail(NewMail mail, String email) {
        return insert(ORDER_BY_EMAIL, mail, email);
    }

    private Optional<UUID> insert(String sql, NewMail mail, Object user) {
        return database.first(
                MailRepository::userId,
                sql,
                mail.id(),
                mail.purpose().text(),
                mail.language().getLanguage(),
                mail.lifetime(),
                mail.pause(),
                user);
    }

    Optional<UUID> use(UUID id, Mails.Purpose purpose) {
        return database.first(MailRepository::userId, USE, id, purpose.text());
    }

    List<DueMail> claim() {
        return database.list(MailRepository::dueMail, CLAIM);
    }

    void markSent(UUID id) {
        database.update(MARK_SENT, id);
    }

    void deleteOld() {
        database.update(DELETE_OLD);
    }

    private static UUID userId(Row row) {
        return row.getUUID("user_id");
    }

    private static DueMail dueMail(Row row) {
        return new DueMail(
                row.getUUID("id"),
                userId(row),
                Mails.Purpose.of(row.getString("purpose")),
                row.getString("language"),
                row.getString("email"));
    }
}
