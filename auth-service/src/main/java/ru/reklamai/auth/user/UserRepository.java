package ru.reklamai.auth.user;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.auth.password.PasswordHolders;
import ru.reklamai.kit.database.Database;
import ru.reklamai.kit.messaging.Outbox;
import ru.reklamai.kit.messaging.Traceparent;

/** All SQL on users. Deleted ones are found by nobody but the outbox. */
@ApplicationScoped
public class UserRepository implements Outbox.Table<User>, PasswordHolders {

    private static final String COLUMNS = """
            u.id, u.email, u.password_hash, u.full_name, u.role,
            u.email_verified_at IS NOT NULL AS verified,
            u.blocked_at IS NOT NULL AS blocked,
            u.deleted_at IS NOT NULL AS deleted,
            u.created_at, u.version
            """;

    private static final String INSERT = """
            INSERT INTO auth.users (id, email, password_hash, full_name)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (email) DO NOTHING
            """;

    private static final String FIND_BY_EMAIL = "SELECT " + COLUMNS + """
            FROM auth.users u
            WHERE u.email = $1 AND u.deleted_at IS NULL
            """;

    private static final String FIND_BY_ID = "SELECT " + COLUMNS + """
            FROM auth.users u
            WHERE u.id = $1 AND u.deleted_at IS NULL
            """;

    private static final String SEARCH = "SELECT " + COLUMNS + """
            FROM auth.users u
            WHERE u.deleted_at IS NULL
              AND ($1::text IS NULL OR strpos(u.email, lower($1)) > 0 OR u.id::text = $1)
              AND ($2::text IS NULL OR u.role = $2)
              AND ($3::boolean IS NULL OR (u.blocked_at IS NOT NULL) = $3)
              AND ($4::uuid IS NULL OR u.id < $4)
            ORDER BY u.id DESC
            LIMIT $5
            """;

    private static final String SET_PASSWORD_HASH = """
            UPDATE auth.users
            SET password_hash = $2, updated_at = now()
            WHERE id = $1 AND deleted_at IS NULL
            """;

    /** The one place where a hash is replaced without its user's doing, so only if it is still the one we checked. */
    private static final String STRENGTHEN_PASSWORD_HASH = """
            UPDATE auth.users
            SET password_hash = $3, updated_at = now()
            WHERE id = $1 AND password_hash = $2
            """;

    private static final String ERASE = """
            WITH u AS (
                UPDATE auth.users
                SET email = id || '@deleted.invalid', password_hash = '', full_name = '', email_verified_at = NULL,
                    deleted_at = now(), updated_at = now(), version = version + 1
                WHERE id = $1 AND deleted_at IS NULL
                RETURNING *
            )
            SELECT auth.erase_sessions(u.id), auth.erase_mails(u.id),
            """ + COLUMNS + "FROM u";

    private static final String FIND_UNPUBLISHED = "SELECT " + COLUMNS + """
            FROM auth.users u
            WHERE u.version > u.published_version
              AND u.updated_at < now() - INTERVAL '2 seconds'
              AND NOT (u.id = ANY($1))
            ORDER BY u.updated_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE auth.users u
            SET published_version = greatest(u.published_version, s.version)
            FROM unnest($1::uuid[], $2::int[]) AS s (id, version)
            WHERE u.id = s.id
            """;

    private final Database database;

    UserRepository(Database database) {
        this.database = database;
    }

    /** Stores a new user; false if the e-mail is taken. */
    boolean insert(User user) {
        return database.update(INSERT, user.id(), user.email(), user.passwordHash(), user.fullName()) == 1;
    }

    @Override
    public Optional<PasswordHolder> findByEmail(String email) {
        return database.first(UserRepository::user, FIND_BY_EMAIL, email)
                .map(user -> new PasswordHolder(user.account(), user.passwordHash(), user.blocked()));
    }

    public Optional<User> findById(UUID id) {
        return database.first(UserRepository::user, FIND_BY_ID, id);
    }

    /**
     * Returns users, the newest first.
     *
     * @param text part of the e-mail, or a whole id
     * @param before the last user of the page before
     */
    public List<User> search(
            Optional<String> text, Optional<String> role, Optional<Boolean> blocked, Optional<UUID> before, int limit) {
        return database.list(UserRepository::user, SEARCH, text, role, blocked, before, limit);
    }

    @Override
    public void setPasswordHash(UUID user, String hash) {
        database.update(SET_PASSWORD_HASH, user, hash);
    }

    @Override
    public void strengthenPasswordHash(UUID user, String checked, String stronger) {
        database.update(STRENGTHEN_PASSWORD_HASH, user, checked, stronger);
    }

    /** Takes the person out of the row, with all sessions and mails; empty if that was done before. */
    Optional<User> erase(UUID id) {
        return database.first(UserRepository::user, ERASE, id);
    }

    @Override
    public List<User> findUnpublished(Collection<UUID> passedOver) {
        return database.list(UserRepository::user, FIND_UNPUBLISHED, (Object) passedOver.toArray(UUID[]::new));
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        database.update(MARK_PUBLISHED, ids.toArray(UUID[]::new), versions.toArray(Integer[]::new));
    }

    private static User user(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("password_hash"),
                row.getString("full_name"),
                row.getString("role"),
                row.getBoolean("verified"),
                row.getBoolean("blocked"),
                row.getBoolean("deleted"),
                Database.instant(row, "created_at"),
                row.getInteger("version"),
                Traceparent.current());
    }
}
