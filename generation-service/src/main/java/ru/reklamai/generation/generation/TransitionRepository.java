package ru.reklamai.generation.generation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;
import ru.reklamai.kit.database.Database;

/**
 * SQL of the state machine (README.md). Every change raises the version; a transition applies only from the states that
 * allow it, and settles the credits in the same statement where it ends the generation.
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

    private static final String SUCCEED = """
            WITH g AS (
                UPDATE studio.generations
                SET status = 'succeeded', progress = 100, final_credits = reserved_credits, provider_version = $2,
                    thumbnail_path = $4, version = version + 1, updated_at = now(), finished_at = now()
                WHERE id = $1
                  AND status IN ('queued', 'processing')
                RETURNING *
            )
            SELECT studio.rpc_credit_finalize(g.id, g.final_credits) AS settled,
                   studio.store_assets(g.id, g.user_id, $3::text::jsonb) AS stored,
            """ + GenerationRepository.COLUMNS + "FROM g";

    /** The files of what was deleted meanwhile are deleted at once. */
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
            )
            SELECT studio.store_assets(g.id, g.user_id, $3::text::jsonb) AS stored,
            """ + GenerationRepository.COLUMNS + "FROM g";

    private static final String FAIL = """
            WITH g AS (
                UPDATE studio.generations
                SET status = 'failed', final_credits = 0, error_code = $3, error_parameters = $4,
                    provider_version = $2, version = version + 1, updated_at = now(), finished_at = now()
                WHERE id = $1
                  AND status IN ('queued', 'processing')
                RETURNING *
            )
            SELECT studio.rpc_credit_refund(g.id) AS settled,
            """ + GenerationRepository.COLUMNS + "FROM g";

    /** While it waits in the queue nothing was spent; once it runs the setting decides who pays. */
    private static final String CANCEL = """
            WITH policy AS (
                SELECT coalesce(studio.setting('refund_on_cancel') = 'true'::jsonb, true) AS refund
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

    private final Database database;
    private final GenerationRepository generations;

    TransitionRepository(Database database, GenerationRepository generations) {
        this.database = database;
        this.generations = generations;
    }

    /** Each transition returns the generation after it, or empty where it doesn't apply (any more). */
    Optional<Generation> start(UUID id, int providerVersion) {
        return database.first(generations::read, START, id, providerVersion);
    }

    Optional<Generation> progress(UUID id, int providerVersion, int progress) {
        return database.first(generations::read, PROGRESS, id, providerVersion, progress);
    }

    /** Settles the credits in the same statement. */
    Optional<Generation> succeed(UUID id, int providerVersion, List<StoredAsset> assets) {
        return withAssets(SUCCEED, id, providerVersion, assets);
    }

    /** Gives a result that came after the deadline to the user all the same; no credits move. */
    Optional<Generation> attachLateResult(UUID id, int providerVersion, List<StoredAsset> assets) {
        return withAssets(ATTACH_LATE_RESULT, id, providerVersion, assets);
    }

    /** Gives the credits back in the same statement. */
    Optional<Generation> fail(UUID id, int providerVersion, Failure error) {
        return database.first(
                generations::read,
                FAIL,
                id,
                providerVersion,
                error.code(),
                error.parameters().toArray(String[]::new));
    }

    /** Settles the credits in the same statement. */
    Optional<Generation> cancel(UUID id, UUID userId) {
        return database.first(generations::read, CANCEL, id, userId);
    }

    private Optional<Generation> withAssets(String sql, UUID id, int providerVersion, List<StoredAsset> assets) {
        var thumbnail = Optional.ofNullable(assets.getFirst().thumbnailPath());
        return database.first(generations::read, sql, id, providerVersion, generations.write(assets), thumbnail);
    }
}
