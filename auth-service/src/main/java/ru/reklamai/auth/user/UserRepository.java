package ru.reklamai.auth.user;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All SQL on users. */
@ApplicationScoped
public class UserRepository {

    private static final String INSERT = """
            INSERT INTO auth.users (id, email, password_hash, full_name)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (email) DO NOTHING
            """;

    private static final String FIND_BY_EMAIL = """
            SELECT id, email, password_hash, full_name, role
            FROM auth.users
            WHERE email = $1
            """;

    private static final String FIND_BY_ID = """
            SELECT id, email, password_hash, full_name, role
            FROM auth.users
            WHERE id = $1
            """;

    private static final String FIND_UNPUBLISHED = """
            SELECT id, email, password_hash, full_name, role
            FROM auth.users
            WHERE version > published_version
              AND updated_at < $1
            ORDER BY updated_at
            LIMIT 500
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE auth.users
            SET published_version = version
            WHERE id = $1
            """;

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

    public List<User> findUnpublishedBefore(Instant before) {
        return query(FIND_UNPUBLISHED, Tuple.of(before.atOffset(ZoneOffset.UTC))).stream()
                .map(UserRepository::toUser)
                .toList();
    }

    public void markPublished(UUID id) {
        query(MARK_PUBLISHED, Tuple.of(id));
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().indefinitely();
    }

    private static User toUser(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("password_hash"),
                row.getString("full_name"),
                row.getString("role"));
    }
}
