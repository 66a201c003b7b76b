package ru.reklamai.generation.share;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** All SQL on public links. */
@ApplicationScoped
class ShareRepository {

    /** One share of a generation at a time: a repeat returns it. */
    private static final String CREATE = """
            INSERT INTO studio.shares (id, generation_id)
            SELECT $1, generation
            FROM studio.shareable_generation($2, $3) AS generation
            ON CONFLICT (generation_id) DO UPDATE SET generation_id = excluded.generation_id
            RETURNING id, created_at
            """;

    private static final String REVOKE = """
            DELETE FROM studio.shares s
            USING studio.existing_generations g
            WHERE g.id = s.generation_id AND s.generation_id = $1 AND g.user_id = $2
            """;

    private static final String FIND = """
            SELECT g.id, g.modality, g.model_key, g.created_at
            FROM studio.shares s
            JOIN studio.existing_generations g ON g.id = s.generation_id
            WHERE s.id = $1
            """;

    private final Database database;

    ShareRepository(Database database) {
        this.database = database;
    }

    record Share(UUID id, Instant createdAt) {}

    record Shared(UUID generationId, String modality, String modelKey, Instant createdAt) {}

    /** Returns empty if it isn't the user's own, or has not succeeded. */
    Optional<Share> create(UUID id, UUID generation, UUID user) {
        return database.first(
                row -> new Share(row.getUUID("id"), Database.instant(row, "created_at")), CREATE, id, generation, user);
    }

    /** Returns whether there was one of the user's own. */
    boolean revoke(UUID generation, UUID user) {
        return database.update(REVOKE, generation, user) == 1;
    }

    Optional<Shared> find(UUID share) {
        return database.first(
                row -> new Shared(
                        row.getUUID("id"),
                        row.getString("modality"),
                        row.getString("model_key"),
                        Database.instant(row, "created_at")),
                FIND,
                share);
    }
}
