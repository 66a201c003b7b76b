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
import ru.reklamai.messaging.Outbox;

/** All SQL on users. */
@ApplicationScoped
public class UserRepository implements Outbox.Table<User> {

    private static final String INSERT = """
            INSERT INTO auth.users (id, email, password_hash, full_name)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (email) DO NOTHING
            """;

    private static final String FIND_BY_EMAIL = """
            SELECT id, email, password_hash, full_name, role, version
            FROM auth.users
            WHERE email = $1
            """;

    private static final String FIND_BY_ID = """
            SELECT id, email, password_hash, full_name, role, version
            FROM auth.users
            WHERE id = $1
            """;

    private static final String FIND_UNPUBLISHED = """
            SELECT id, email, password_hash, full_name, role, version
            FROM auth.users
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

    public Optional<User> findByEmail(String email) {
        return query(FIND_BY_EMAIL, Tuple.of(email)).stream()
                .map(UserRepository::toUser)
                .findFirst();
    }

    Optional<User> findById(UUID id) {
        return query(FIND_BY_ID, Tuple.of(id)).stream()
                .map(UserRepository::toUser)
                .findFirst();
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

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    /** For other queries that end in a user: all columns of the table's own must be there. */
    public static User toUser(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("password_hash"),
                row.getString("full_name"),
                row.getString("role"),
                row.getInteger("version"));
    }
}
