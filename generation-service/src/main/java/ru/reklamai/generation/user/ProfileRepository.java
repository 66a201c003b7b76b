package ru.reklamai.generation.user;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

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

    private final Database database;

    ProfileRepository(Database database) {
        this.database = database;
    }

    Optional<Profile> find(UUID user) {
        return database.first(ProfileRepository::toProfile, FIND, user);
    }

    /** What is empty stays as it is; an empty text takes the avatar away. */
    Optional<Profile> update(UUID user, Optional<String> fullName, Optional<String> language, Optional<String> avatar) {
        return database.first(ProfileRepository::toProfile, UPDATE, user, fullName, language, avatar);
    }

    private static Profile toProfile(Row row) {
        return new Profile(
                row.getString("email"),
                row.getString("full_name"),
                row.getString("language"),
                Optional.ofNullable(row.getString("avatar_path")));
    }
}
