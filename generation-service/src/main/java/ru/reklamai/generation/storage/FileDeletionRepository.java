package ru.reklamai.generation.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** SQL of the job that deletes files. */
@ApplicationScoped
class FileDeletionRepository {

    /** Takes what is due and puts it off, so that no other instance works on it now. */
    private static final String CLAIM = """
            UPDATE studio.file_deletions
            SET attempts = attempts + 1, due_at = now() + least(INTERVAL '1 hour', INTERVAL '1 minute' * attempts)
                + INTERVAL '1 minute'
            WHERE id IN (SELECT id
                         FROM studio.file_deletions
                         WHERE due_at <= now()
                         ORDER BY due_at
                         LIMIT 100
                         FOR UPDATE SKIP LOCKED)
            RETURNING id, bucket, prefix
            """;

    private static final String DONE = "DELETE FROM studio.file_deletions WHERE id = $1";

    private final Database database;

    FileDeletionRepository(Database database) {
        this.database = database;
    }

    record Deletion(UUID id, Storage.Bucket bucket, String prefix) {}

    List<Deletion> claim() {
        return database.list(
                row -> new Deletion(
                        row.getUUID("id"), Storage.Bucket.of(row.getString("bucket")), row.getString("prefix")),
                CLAIM);
    }

    void done(UUID id) {
        database.update(DONE, id);
    }
}
