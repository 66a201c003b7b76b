package ru.reklamai.generation.board;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All SQL on boards. Every statement that changes something looks at the role by itself and says which it was, so there
 * is no moment between looking and changing.
 */
@ApplicationScoped
class BoardRepository {

    private static final String COLUMNS = """
            b.id, b.title, b.is_default, b.created_at, b.updated_at, m.role, m.pinned,
            (SELECT count(*) FROM studio.generations g WHERE g.board_id = b.id AND g.deleted_at IS NULL) AS generations
            """;

    private static final String FIND_ALL = "SELECT " + COLUMNS + """
            FROM studio.board_members m
            JOIN studio.boards b ON b.id = m.board_id
            WHERE m.user_id = $1
            ORDER BY m.pinned DESC, b.is_default DESC, b.id DESC
            LIMIT 1000
            """;

    private static final String FIND = "SELECT " + COLUMNS + """
            FROM studio.board_members m
            JOIN studio.boards b ON b.id = m.board_id
            WHERE m.board_id = $1 AND m.user_id = $2
            """;

    private static final String ROLE = "SELECT studio.board_role($1, $2) AS role";

    private static final String CREATE = """
            WITH board AS (
                INSERT INTO studio.boards (id, owner_id, title)
                SELECT $1, $2, $3
                WHERE (SELECT count(*) FROM studio.boards WHERE owner_id = $2) < $4
                RETURNING id
            )
            INSERT INTO studio.board_members (board_id, user_id, role)
            SELECT id, $2, 'owner' FROM board
            """;

    private static final String RENAME = """
            WITH access AS (
                SELECT studio.board_role($1, $2) AS role
            ), renamed AS (
                UPDATE studio.boards
                SET title = $3, updated_at = now()
                FROM access
                WHERE id = $1 AND access.role = 'owner'
            )
            SELECT role FROM access
            """;

    private static final String PIN = """
            UPDATE studio.board_members
            SET pinned = $3
            WHERE board_id = $1 AND user_id = $2
            RETURNING role
            """;

    /** A default board stays; what is on the others goes to its creators' own boards first. */
    private static final String CLEAR = """
            SELECT studio.board_role($1, $2) AS role, b.is_default,
                   CASE WHEN studio.board_role($1, $2) = 'owner' AND NOT b.is_default
                        THEN studio.clear_board($1)::text END AS cleared
            FROM studio.boards b
            WHERE b.id = $1
            FOR UPDATE
            """;

    private static final String DELETE = """
            DELETE FROM studio.boards
            WHERE id = $1 AND NOT is_default AND studio.board_role($1, $2) = 'owner'
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    BoardRepository(Pool pool) {
        this.pool = pool;
    }

    List<Board> findAll(UUID user) {
        return query(FIND_ALL, Tuple.of(user)).stream()
                .map(BoardRepository::toBoard)
                .toList();
    }

    Optional<Board> find(UUID board, UUID user) {
        return query(FIND, Tuple.of(board, user)).stream()
                .map(BoardRepository::toBoard)
                .findFirst();
    }

    Optional<BoardRole> role(UUID board, UUID user) {
        return roleIn(query(ROLE, Tuple.of(board, user)));
    }

    /** Returns false if the user owns as many as allowed. */
    boolean create(UUID id, UUID user, String title, int allowed) {
        return query(CREATE, Tuple.of(id, user, title, (long) allowed)).rowCount() == 1;
    }

    /** Changes it for an owner; returns the role of whoever asked. */
    Optional<BoardRole> rename(UUID board, UUID user, String title) {
        return roleIn(query(RENAME, Tuple.of(board, user, title)));
    }

    /** For every member alike; returns the role of whoever asked. */
    Optional<BoardRole> pin(UUID board, UUID user, boolean pinned) {
        return roleIn(query(PIN, Tuple.of(board, user, pinned)));
    }

    record Deletion(Optional<BoardRole> role, boolean isDefault) {}

    /** Deletes it for an owner, unless it is somebody's default board. */
    Deletion delete(UUID board, UUID user) {
        return pool
                .withTransaction(connection -> connection
                        .preparedQuery(CLEAR)
                        .execute(Tuple.of(board, user))
                        .call(() -> connection.preparedQuery(DELETE).execute(Tuple.of(board, user))))
                .await()
                .atMost(QUERY_TIMEOUT)
                .stream()
                .map(row -> new Deletion(BoardRole.of(row.getString("role")), row.getBoolean("is_default")))
                .findFirst()
                .orElse(new Deletion(Optional.empty(), false));
    }

    private static Optional<BoardRole> roleIn(RowSet<Row> rows) {
        return rows.stream().findFirst().flatMap(row -> BoardRole.of(row.getString("role")));
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }

    private static Board toBoard(Row row) {
        return new Board(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("role"),
                row.getBoolean("pinned"),
                row.getBoolean("is_default"),
                row.getLong("generations"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
