package ru.reklamai.generation.upload;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** All SQL on uploads, but for that of generate, which marks those it uses. */
@ApplicationScoped
class UploadRepository {

    private static final String INSERT = """
            INSERT INTO studio.uploads (path, user_id, purpose, content_type, size_bytes, status)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String FIND = """
            SELECT path, user_id, purpose, content_type, size_bytes, status
            FROM studio.uploads
            WHERE path = $1 AND user_id = $2
            """;

    private static final String MARK_READY = """
            UPDATE studio.uploads
            SET status = 'ready', size_bytes = $2
            WHERE path = $1
            """;

    private static final String MARK_USED = """
            UPDATE studio.uploads
            SET used_at = coalesce(used_at, now())
            WHERE path = $1 AND user_id = $2 AND purpose = $3 AND status = 'ready'
            """;

    private static final String EXPIRE = """
            WITH expired AS (
                DELETE FROM studio.uploads
                WHERE used_at IS NULL
                  AND created_at < now() - make_interval(secs => $1)
                RETURNING path
            )
            INSERT INTO studio.file_deletions (bucket, prefix)
            SELECT 'uploads', prefix
            FROM expired
            CROSS JOIN LATERAL (VALUES (path), ('incoming/' || path)) AS place (prefix)
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    UploadRepository(Pool pool) {
        this.pool = pool;
    }

    void insert(Upload upload) {
        query(
                INSERT,
                Tuple.of(
                                upload.path(),
                                upload.userId(),
                                upload.purpose(),
                                upload.type().contentType(),
                                upload.sizeBytes())
                        .addString(upload.ready() ? "ready" : "pending"));
    }

    Optional<Upload> find(UUID user, String path) {
        return query(FIND, Tuple.of(path, user)).stream()
                .map(UploadRepository::toUpload)
                .findFirst();
    }

    void markReady(String path, long sizeBytes) {
        query(MARK_READY, Tuple.of(path, sizeBytes));
    }

    /** Keeps it from expiring; false if it isn't the user's, not for that purpose or not looked at yet. */
    boolean markUsed(UUID user, String path, String purpose) {
        return query(MARK_USED, Tuple.of(path, user, purpose)).rowCount() == 1;
    }

    /** Forgets the uploads that nothing used in time, and has their files deleted; returns how many files. */
    int expire(Duration lifetime) {
        return query(EXPIRE, Tuple.of((double) lifetime.toSeconds())).rowCount();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    private static Upload toUpload(Row row) {
        return new Upload(
                row.getString("path"),
                row.getUUID("user_id"),
                row.getString("purpose"),
                FileType.of(row.getString("content_type")).orElseThrow(),
                row.getLong("size_bytes"),
                row.getString("status").equals("ready"));
    }
}
