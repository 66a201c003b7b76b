package ru.reklamai.generation.upload;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** All SQL on uploads, but for the schema's function with which an order marks those that it uses. */
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
                  AND created_at < now() - $1::interval
                RETURNING path
            )
            SELECT studio.delete_files('uploads', prefix)
            FROM expired
            CROSS JOIN LATERAL (VALUES (path), ('incoming/' || path)) AS place (prefix)
            """;

    private final Database database;

    UploadRepository(Database database) {
        this.database = database;
    }

    void insert(Upload upload) {
        database.update(
                INSERT,
                upload.path(),
                upload.userId(),
                upload.purpose(),
                upload.type().contentType(),
                upload.sizeBytes(),
                upload.ready() ? "ready" : "pending");
    }

    Optional<Upload> find(UUID user, String path) {
        return database.first(UploadRepository::toUpload, FIND, path, user);
    }

    void markReady(String path, long sizeBytes) {
        database.update(MARK_READY, path, sizeBytes);
    }

    /** Keeps it from expiring. Returns false if it isn't the user's, is for another purpose, or was not checked yet. */
    boolean markUsed(UUID user, String path, String purpose) {
        return database.update(MARK_USED, path, user, purpose) == 1;
    }

    /** Forgets the uploads that nothing used in time, and has their files deleted. Returns how many files. */
    int expire(Duration lifetime) {
        return database.query(EXPIRE, lifetime).size();
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
