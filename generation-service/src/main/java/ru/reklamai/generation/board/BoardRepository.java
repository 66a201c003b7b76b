package ru.reklamai.generation.board;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/**
 * All SQL on boards. A statement that changes something checks the role itself and returns it, so that nothing can
 * happen between the check and the change.
 */
@ApplicationScoped
class BoardRepository {

    private static final String COLUMNS = """
            b.id, b.title, b.is_default, b.created_at, b.updated_at, m.role, m.pinned,
            studio.generations_on(b.id) AS generations
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

    private static final String DELETE = "SELECT role, is_default FROM studio.delete_board($1, $2)";

    private final Database database;

    BoardRepository(Database database) {
        this.database = database;
    }

    List<Board> findAll(UUID user) {
        return database.list(BoardRepository::toBoard, FIND_ALL, user);
    }

    Optional<Board> find(UUID board, UUID user) {
        return database.first(BoardRepository::toBoard, FIND, board, user);
    }

    Optional<BoardRole> role(UUID board, UUID user) {
        return roleIn(ROLE, board, user);
    }

    /** Returns false if the user owns as many as allowed. */
    boolean create(UUID id, UUID user, String title, int allowed) {
        return database.update(CREATE, id, user, title, (long) allowed) == 1;
    }

    /** Changes it for an owner; returns the role of whoever asked. */
    Optional<BoardRole> rename(UUID board, UUID user, String title) {
        return roleIn(RENAME, board, user, title);
    }

    /** For every member alike; returns the role of whoever asked. */
    Optional<BoardRole> pin(UUID board, UUID user, boolean pinned) {
        return roleIn(PIN, board, user, pinned);
    }

    record Deletion(Optional<BoardRole> role, boolean isDefault) {}

    /** Deletes it for an owner, unless it is a default board; what is on it goes to its creators' own boards. */
    Deletion delete(UUID board, UUID user) {
        return database.one(
                row -> new Deletion(BoardRole.of(row.getString("role")), row.getBoolean("is_default")),
                DELETE,
                board,
                user);
    }

    private Optional<BoardRole> roleIn(String sql, Object... parameters) {
        return database.first(row -> BoardRole.of(row.getString("role")), sql, parameters)
                .flatMap(role -> role);
    }

    private static Board toBoard(Row row) {
        return new Board(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("role"),
                row.getBoolean("pinned"),
                row.getBoolean("is_default"),
                row.getLong("generations"),
                Database.instant(row, "created_at"),
                Database.instant(row, "updated_at"));
    }
}
