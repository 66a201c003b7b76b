package ru.reklamai.generation.generation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** SQL of lists of generations, and of what their creators do with them later. */
@ApplicationScoped
public class GenerationLibraryRepository {

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

    private static final String DELETE = "SELECT studio.delete_generation($1, $2) AS deleted";

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

    private final Database database;
    private final GenerationRepository generations;

    GenerationLibraryRepository(Database database, GenerationRepository generations) {
        this.database = database;
        this.generations = generations;
    }

    /**
     * Which generations a list shows; an empty field filters nothing.
     *
     * @param text part of the prompt, in any case
     * @param before the last of the page before: ids are ordered by time, so a list that goes on from one never shows
     *     anything twice, whatever is ordered meanwhile
     */
    public record Filter(
            Optional<String> status,
            Optional<String> modality,
            Optional<String> modelKey,
            Optional<UUID> boardId,
            Optional<UUID> batchId,
            Optional<Boolean> favourite,
            Optional<String> text,
            Optional<UUID> before,
            int limit) {}

    public List<Generation> findOwn(UUID user, Filter filter) {
        return list(FIND_OWN, Optional.of(user), filter);
    }

    /** The filter must name the board. */
    public List<Generation> findOnBoard(UUID user, Filter filter) {
        return list(FIND_ON_BOARD, Optional.of(user), filter);
    }

    /** For admins. */
    public List<Generation> findOfAnybody(Optional<UUID> user, Filter filter) {
        return list(FIND_OF_ANYBODY, user, filter);
    }

    /** For admins. */
    public Optional<Generation> findOfAnybody(UUID id) {
        return database.first(generations::read, FIND_ONE_OF_ANYBODY, id);
    }

    /** Returns empty for what is not the user's own. */
    public Optional<Generation> setFavourite(UUID id, UUID user, boolean favourite) {
        return database.first(generations::read, SET_FAVOURITE, id, user, favourite);
    }

    /**
     * Deletes it for everybody; a job deletes its files. Returns false if it isn't the user's own, or is still running.
     */
    public boolean delete(UUID id, UUID user) {
        return database.one(row -> row.getBoolean("deleted"), DELETE, id, user);
    }

    /** Returns how many were moved: all or none. */
    public int move(UUID board, UUID user, Collection<UUID> ids) {
        return database.update(MOVE, board, user, ids.toArray(UUID[]::new), (long) ids.size());
    }

    private List<Generation> list(String sql, Optional<UUID> user, Filter filter) {
        return database.list(
                generations::read,
                sql,
                user,
                filter.status(),
                filter.modality(),
                filter.modelKey(),
                filter.boardId(),
                filter.batchId(),
                filter.favourite(),
                filter.text(),
                filter.before(),
                filter.limit());
    }
}
