package ru.reklamai.generation.generation;

import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;

/**
 * SQL of the state machine. Every change raises the version; a transition applies only from the states that allow it,
 * and settles the credits in the same statement where it ends the generation.
 */
@ApplicationScoped
class TransitionRepository {

    private static final String START = """
            UPDATE studio.generations g
            SET status = 'processing', provider_version = $2, version = version + 1, updated_at = now()
            WHERE id = $1
              AND status = 'queued'
              AND provider_version < $2
            RETURNING
            """ + GenerationRepository.COLUMNS;

    private static final String PROGRESS = """
            UPDATE studio.generations g
            SET status = 'processing', progress = greatest(progress, $3), provider_version = $2,
                version = version + 1, updated_at = now()
            WHERE id = $1
              AND status IN ('queued', 'processing')
              AND provider_version < $2
            RETURNING
            """ + GenerationRepository.COLUMNS;

    /** Continues a statement whose first part is {@code g}, the changed generation; $3 are its files. */
    private static final String STORE_ASSETS = """
            ), stored AS (
                INSERT INTO studio.assets (id, generation_id, user_id, position, path, content_type, size_bytes,
                                           width, height, duration_ms, thumbnail_path)
                SELECT studio.uuid_v7(), g.id, g.user_id, a.position, a.path, a."contentType", a."sizeBytes",
                       a.width, a.height, a."durationMs", a."thumbnailPath"
                FROM g
                CROSS JOIN jsonb_to_recordset($3::text::jsonb) AS a(
                    position integer, path text, "contentType" text, "sizeBytes" bigint,
                    width integer, height integer, "durationMs" bigint, "thumbnailPath" text)
                ON CONFLICT DO NOTHING
            )
            """;

    private static final String SUCCEED = """
            WITH g AS (
                UPDATE studio.generations
                SET status = 'succeeded', progress = 100, final_credits = reserved_credits, provider_version = $2,
                    thumbnail_path = $4, version = version + 1, updated_at = now(), finished_at = now()
                WHERE id = $1
                  AND status IN ('queued', 'processing')
                RETURNING *
            """ + STORE_ASSETS + """
            SELECT studio.rpc_credit_finalize(g.id, g.final_credits) AS settled,
            """ + GenerationRepository.COLUMNS + "FROM g";

    /** What nobody wants any more goes at once. */
    private static final String ATTACH_LATE_RESULT = """
            WITH unwanted AS (
                SELECT studio.delete_files_of(user_id, id)
                FROM studio.generations
                WHERE id = $1 AND deleted_at IS NOT NULL
            ), g AS (
                UPDATE studio.generations
                SET provider_version = $2, thumbnail_path = $4, version = version + 1, updated_at = now()
                WHERE id = $1
                  AND status IN ('failed', 'cancelled')
                  AND provider_version < $2
                  AND deleted_at IS NULL
                  AND NOT EXISTS (SELECT FROM unwanted)
                RETURNING *
            """ + STORE_ASSETS + """
            SELECT
            """ + GenerationRepository.COLUMNS + "FROM g";

    private static final String FAIL = """
            WITH g AS (
                UPDATE studio.generations
                SET status = 'failed', final_credits = 0, error_code = $3, error_message = $4, provider_version = $2,
                    version = version + 1, updated_at = now(), finished_at = now()
                WHERE id = $1
                  AND status IN ('queued', 'processing')
                RETURNING *
            )
            SELECT studio.rpc_credit_refund(g.id) AS settled,
            """ + GenerationRepository.COLUMNS + "FROM g";

    /** While it waits in the queue nothing was spent; once it runs the setting decides who pays. */
    private static final String CANCEL = """
            WITH policy AS (
                SELECT coalesce((SELECT value = 'true'::jsonb
                                 FROM studio.admin_settings
                                 WHERE key = 'refund_on_cancel'), true) AS refund
            ), g AS (
                UPDATE studio.generations
                SET status = 'cancelled', version = version + 1, updated_at = now(), finished_at = now(),
                    final_credits = CASE WHEN status = 'queued' OR refund THEN 0 ELSE reserved_credits END
                FROM policy
                WHERE id = $1
                  AND user_id = $2
                  AND status IN ('queued', 'processing')
                RETURNING generations.*
            )
            SELECT studio.rpc_credit_finalize(g.id, g.final_credits) AS settled,
            """ + GenerationRepository.COLUMNS + "FROM g";

    private final GenerationRepository generations;

    TransitionRepository(GenerationRepository generations) {
        this.generations = generations;
    }

    /** Each transition returns the generation after it, or empty where it doesn't apply (any more). */
    Optional<Generation> start(UUID id, int providerVersion) {
        return generations.one(START, Tuple.of(id, providerVersion));
    }

    Optional<Generation> progress(UUID id, int providerVersion, int progress) {
        return generations.one(PROGRESS, Tuple.of(id, providerVersion, progress));
    }

    /** Settles the credits in the same statement. */
    Optional<Generation> succeed(UUID id, int providerVersion, List<StoredAsset> assets) {
        return generations.one(SUCCEED, Tuple.of(id, providerVersion, generations.write(assets), thumbnailOf(assets)));
    }

    /** Gives a result that came after the deadline to the user all the same; no credits move. */
    Optional<Generation> attachLateResult(UUID id, int providerVersion, List<StoredAsset> assets) {
        return generations.one(
                ATTACH_LATE_RESULT, Tuple.of(id, providerVersion, generations.write(assets), thumbnailOf(assets)));
    }

    /** Gives the credits back in the same statement. */
    Optional<Generation> fail(UUID id, int providerVersion, ErrorInfo error) {
        return generations.one(FAIL, Tuple.of(id, providerVersion, error.code(), error.message()));
    }

    /** Settles the credits in the same statement. */
    Optional<Generation> cancel(UUID id, UUID userId) {
        return generations.one(CANCEL, Tuple.of(id, userId));
    }

    private static String thumbnailOf(List<StoredAsset> assets) {
        return assets.getFirst().thumbnailPath();
    }
}
