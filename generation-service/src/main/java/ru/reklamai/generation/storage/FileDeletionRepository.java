package ru.reklamai.generation.storage;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

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

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    FileDeletionRepository(Pool pool) {
        this.pool = pool;
    }

    record Deletion(UUID id, Storage.Bucket bucket, String prefix) {}

    List<Deletion> claim() {
        return pool.preparedQuery(CLAIM).execute().await().atMost(QUERY_TIMEOUT).stream()
                .map(row -> new Deletion(
                        row.getUUID("id"), Storage.Bucket.of(row.getString("bucket")), row.getString("prefix")))
                .toList();
    }

    void done(UUID id) {
        pool.preparedQuery(DONE).execute(Tuple.of(id)).await().atMost(QUERY_TIMEOUT);
    }
}
