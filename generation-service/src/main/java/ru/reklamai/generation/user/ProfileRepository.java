package ru.reklamai.generation.user;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** All SQL on profiles. */
@ApplicationScoped
class ProfileRepository {

    private static final String FIND = """
            SELECT email, full_name, language, avatar_path
            FROM studio.profiles
            WHERE user_id = $1 AND deleted_at IS NULL
            """;

    private static final String UPDATE = """
            UPDATE studio.profiles
            SET full_name = coalesce($2, full_name), language = coalesce($3, language),
                avatar_path = CASE WHEN $4 = '' THEN NULL ELSE coalesce($4, avatar_path) END, updated_at = now()
            WHERE user_id = $1 AND deleted_at IS NULL
            RETURNING email, full_name, language, avatar_path
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    ProfileRepository(Pool pool) {
        this.pool = pool;
    }

    record Profile(String email, String fullName, String language, Optional<String> avatarPath) {}

    Optional<Profile> find(UUID user) {
        return one(FIND, Tuple.of(user));
    }

    /** What is empty stays as it is; an empty text takes the avatar away. */
    Optional<Profile> update(UUID user, Optional<String> fullName, Optional<String> language, Optional<String> avatar) {
        return one(UPDATE, Tuple.of(user, fullName.orElse(null), language.orElse(null), avatar.orElse(null)));
    }

    private Optional<Profile> one(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT).stream()
                .map(ProfileRepository::toProfile)
                .findFirst();
    }

    private static Profile toProfile(Row row) {
        return new Profile(
                row.getString("email"),
                row.getString("full_name"),
                row.getString("language"),
                Optional.ofNullable(row.getString("avatar_path")));
    }
}
