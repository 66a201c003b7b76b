package ru.reklamai.auth.user;

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

/** All SQL on users, but for what admins do. */
@ApplicationScoped
public class UserRepository implements Outbox.Table<User> {

    /** For other queries that end in a user. */
    public static final String COLUMNS = """
            u.id, u.email, u.password_hash, u.full_name, u.role, u.email_verified_at, u.blocked_at, u.deleted_at,
            u.created_at, u.version
            """;

    private static final String INSERT = """
            INSERT INTO auth.users (id, email, password_hash, full_name)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (email) DO NOTHING
            """;

    private static final String FIND_BY_EMAIL =
            "SELECT " + COLUMNS + "FROM auth.users u WHERE u.email = $1 AND u.deleted_at IS NULL";

    private static final String FIND_BY_ID =
            "SELECT " + COLUMNS + "FROM auth.users u WHERE u.id = $1 AND u.deleted_at IS NULL";

    private static final String SET_PASSWORD_HASH = """
            UPDATE auth.users
            SET password_hash = $2, updated_at = now()
            WHERE id = $1 AND deleted_at IS NULL
            """;

    /** The one place that a hash is replaced without the user's doing, so only if it is still the one we checked. */
    private static final String STRENGTHEN_PASSWORD_HASH = """
            UPDATE auth.users
            SET password_hash = $3, updated_at = now()
            WHERE id = $1 AND password_hash = $2
            """;

    private static final String ERASE = """
            WITH sessions AS (
                DELETE FROM auth.refresh_tokens WHERE user_id = $1
            ), mails AS (
                DELETE FROM auth.mails WHERE user_id = $1
            )
            UPDATE auth.users u
            SET email = id || '@deleted.invalid', password_hash = '', full_name = '', email_verified_at = NULL,
                deleted_at = now(), updated_at = now(), version = version + 1
            WHERE id = $1 AND deleted_at IS NULL
            RETURNING
            """ + COLUMNS;

    private static final String FIND_UNPUBLISHED = "SELECT " + COLUMNS + """
            FROM auth.users u
            WHERE version > published_version
              AND updated_at < now() - INTERVAL '2 seconds'
            ORDER BY updated_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE auth.users u
            SET published_version = greatest(u.published_version, s.version)
            FROM unnest($1::uuid[], $2::int[]) AS s (id, version)
            WHERE u.id = s.id
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    UserRepository(Pool pool) {
        this.pool = pool;
    }

    /** Stores a new user; false if the e-mail is taken. */
    public boolean insert(User user) {
        return query(INSERT, Tuple.of(user.id(), user.email(), user.passwordHash(), user.fullName()))
                        .rowCount()
                == 1;
    }

    /** Deleted users are not found. */
    public Optional<User> findByEmail(String email) {
        return one(FIND_BY_EMAIL, Tuple.of(email));
    }

    /** Deleted users are not found. */
    public Optional<User> findById(UUID id) {
        return one(FIND_BY_ID, Tuple.of(id));
    }

    public void setPasswordHash(UUID id, String hash) {
        query(SET_PASSWORD_HASH, Tuple.of(id, hash));
    }

    public void strengthenPasswordHash(UUID id, String checked, String stronger) {
        query(STRENGTHEN_PASSWORD_HASH, Tuple.of(id, checked, stronger));
    }

    /** Takes the person out of the row, with all sessions; empty if that was done before. */
    public Optional<User> erase(UUID id) {
        return one(ERASE, Tuple.of(id));
    }

    @Override
    public List<User> findUnpublished() {
        return query(FIND_UNPUBLISHED, Tuple.tuple()).stream()
                .map(UserRepository::toUser)
                .toList();
    }

    @Override
    public void markPublished(List<UUID> ids, List<Integer> versions) {
        query(MARK_PUBLISHED, Tuple.of(ids.toArray(UUID[]::new), versions.toArray(Integer[]::new)));
    }

    private Optional<User> one(String sql, Tuple parameters) {
        return query(sql, parameters).stream().map(UserRepository::toUser).findFirst();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    /** For other queries that end in a user: all of {@link #COLUMNS} must be there. */
    public static User toUser(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("password_hash"),
                row.getString("full_name"),
                row.getString("role"),
                row.getOffsetDateTime("email_verified_at") != null,
                row.getOffsetDateTime("blocked_at") != null,
                row.getOffsetDateTime("deleted_at") != null,
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("version"));
    }
}
