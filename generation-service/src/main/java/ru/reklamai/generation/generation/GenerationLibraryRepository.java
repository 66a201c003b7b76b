package ru.reklamai.generation.generation;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.GenerationRepository;

/** SQL of lists of generations, and of what their creators do with them later. */
@ApplicationScoped
class GenerationLibraryRepository {

    /** $2 to $10 are a filter. */
    private static final String FILTER = """
              AND ($2::text IS NULL OR g.status = $2)
              AND ($3::text IS NULL OR g.modality = $3)
              AND ($4::text IS NULL OR g.model_key = $4)
              AND ($5::uuid IS NULL OR g.board_id = $5)
              AND ($6::uuid IS NULL OR g.batch_id = $6)
              AND ($7::boolean IS NULL OR g.favourite = $7)
              AND ($8::text IS NULL OR strpos(lower(g.prompt), lower($8)) > 0)
              AND ($9::uuid IS NULL OR g.id < $9)
            ORDER BY g.id DESC
            LIMIT $10
            """;

    private static final String FIND_OWN = "SELECT " + GenerationRepository.COLUMNS + """
            FROM studio.generations g
            WHERE g.user_id = $1
              AND g.deleted_at IS NULL
            """ + FILTER;

    /** For whoever may see the board. */
    private static final String FIND_ON_BOARD = "SELECT " + GenerationRepository.COLUMNS + """
            FROM studio.generations g
            WHERE studio.board_role($5, $1) IS NOT NULL
              AND g.deleted_at IS NULL
            """ + FILTER;

    private static final String FIND_OF_ANYBODY = "SELECT " + GenerationRepository.COLUMNS + """
            FROM studio.generations g
            WHERE ($1::uuid IS NULL OR g.user_id = $1)
            """ + FILTER;

    private static final String FIND_ONE_OF_ANYBODY =
            "SELECT " + GenerationRepository.COLUMNS + "FROM studio.generations g WHERE g.id = $1";

    private static final String SET_FAVOURITE = """
            UPDATE studio.generations g
            SET favourite = $3
            WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL
            RETURNING
            """ + GenerationRepository.COLUMNS;

    /** The files follow by a job; the row stays for the ledger, without what the user wrote. */
    private static final String DELETE = """
            WITH deleted AS (
                UPDATE studio.generations
                SET deleted_at = now(), prompt = '', negative_prompt = NULL, input = '{}', thumbnail_path = NULL,
                    provider_request = provider_request || '{"input": {}, "files": []}', favourite = false
                WHERE id = $1
                  AND user_id = $2
                  AND deleted_at IS NULL
                  AND status IN ('succeeded', 'failed', 'cancelled')
                RETURNING id, user_id
            ), assets AS (
                DELETE FROM studio.assets WHERE generation_id IN (SELECT id FROM deleted)
            ), shares AS (
                DELETE FROM studio.shares WHERE generation_id IN (SELECT id FROM deleted)
            )
            SELECT studio.delete_files_of(user_id, id) FROM deleted
            """;

    /** All of them or none: the creator's own, to a board where the creator may bring something. */
    private static final String MOVE = """
            WITH own AS (
                SELECT id
                FROM studio.generations
                WHERE id = ANY ($3) AND user_id = $2 AND deleted_at IS NULL
            )
            UPDATE studio.generations
            SET board_id = $1
            WHERE id IN (SELECT id FROM own)
              AND (SELECT count(*) FROM own) = $4
              AND studio.board_role($1, $2) IN ('editor', 'owner')
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;
    private final GenerationRepository generations;

    GenerationLibraryRepository(Pool pool, GenerationRepository generations) {
        this.pool = pool;
        this.generations = generations;
    }

    List<Generation> findOwn(UUID user, GenerationFilter filter) {
        return generations.many(FIND_OWN, parameters(user, filter));
    }

    /** The filter must name the board. */
    List<Generation> findOnBoard(UUID user, GenerationFilter filter) {
        return generations.many(FIND_ON_BOARD, parameters(user, filter));
    }

    /** For admins. */
    List<Generation> findOfAnybody(Optional<UUID> user, GenerationFilter filter) {
        return generations.many(FIND_OF_ANYBODY, parameters(user.orElse(null), filter));
    }

    /** For admins. */
    Optional<Generation> findOfAnybody(UUID id) {
        return generations.one(FIND_ONE_OF_ANYBODY, Tuple.of(id));
    }

    /** Returns empty for what is not the user's own. */
    Optional<Generation> setFavourite(UUID id, UUID user, boolean favourite) {
        return generations.one(SET_FAVOURITE, Tuple.of(id, user, favourite));
    }

    /** Returns false if it isn't the user's own, or has not ended. */
    boolean delete(UUID id, UUID user) {
        return query(DELETE, Tuple.of(id, user)).size() == 1;
    }

    /** Returns how many were moved: all or none. */
    int move(UUID board, UUID user, Collection<UUID> ids) {
        return query(MOVE, Tuple.of(board, user, ids.toArray(UUID[]::new), (long) ids.size()))
                .rowCount();
    }

    private static Tuple parameters(UUID user, GenerationFilter filter) {
        return Tuple.tuple()
                .addUUID(user)
                .addString(filter.status().orElse(null))
                .addString(filter.modality().orElse(null))
                .addString(filter.modelKey().orElse(null))
                .addUUID(filter.boardId().orElse(null))
                .addUUID(filter.batchId().orElse(null))
                .addBoolean(filter.favourite().orElse(null))
                .addString(filter.text().orElse(null))
                .addUUID(filter.before().orElse(null))
                .addInteger(filter.limit());
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
