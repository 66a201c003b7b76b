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

/** All SQL on a board's members. The board's creator stays an owner as long as the board is there. */
@ApplicationScoped
class MemberRepository {

    private static final String FIND_ALL = """
            SELECT m.user_id, p.email, p.full_name, m.role, m.user_id = b.owner_id AS creator
            FROM studio.board_members m
            JOIN studio.boards b ON b.id = m.board_id
            JOIN studio.profiles p ON p.user_id = m.user_id
            WHERE m.board_id = $1
            ORDER BY m.created_at, m.user_id
            LIMIT 1000
            """;

    private static final String ADD = """
            WITH access AS (
                SELECT studio.board_role($1, $2) AS role
            ), person AS (
                SELECT user_id
                FROM studio.profiles
                WHERE lower(email) = lower($3) AND deleted_at IS NULL
            ), added AS (
                INSERT INTO studio.board_members (board_id, user_id, role)
                SELECT $1, person.user_id, $4
                FROM person, access
                WHERE access.role = 'owner'
                ON CONFLICT DO NOTHING
                RETURNING user_id
            )
            SELECT access.role, person.user_id AS person, added.user_id IS NOT NULL AS changed
            FROM access
            LEFT JOIN person ON true
            LEFT JOIN added ON true
            """;

    private static final String SET_ROLE = """
            WITH access AS (
                SELECT studio.board_role($1, $2) AS role
            ), person AS (
                SELECT m.user_id, m.user_id = b.owner_id AS creator
                FROM studio.board_members m
                JOIN studio.boards b ON b.id = m.board_id
                WHERE m.board_id = $1 AND m.user_id = $3
            ), changed AS (
                UPDATE studio.board_members m
                SET role = $4
                FROM access, person
                WHERE m.board_id = $1 AND m.user_id = person.user_id AND access.role = 'owner' AND NOT person.creator
                RETURNING m.user_id
            )
            SELECT access.role, person.user_id AS person, changed.user_id IS NOT NULL AS changed
            FROM access
            LEFT JOIN person ON true
            LEFT JOIN changed ON true
            """;

    /** An owner may send anyone away, anyone may leave; the creator does neither. */
    private static final String REMOVE = """
            WITH access AS (
                SELECT CASE WHEN $2::uuid = $3::uuid AND studio.board_role($1, $2) IS NOT NULL
                            THEN 'owner' ELSE studio.board_role($1, $2) END AS role
            ), person AS (
                SELECT m.user_id, m.user_id = b.owner_id AS creator
                FROM studio.board_members m
                JOIN studio.boards b ON b.id = m.board_id
                WHERE m.board_id = $1 AND m.user_id = $3
            ), changed AS (
                DELETE FROM studio.board_members m
                USING access, person
                WHERE m.board_id = $1 AND m.user_id = person.user_id AND access.role = 'owner' AND NOT person.creator
                RETURNING m.user_id
            )
            SELECT access.role, person.user_id AS person, changed.user_id IS NOT NULL AS changed
            FROM access
            LEFT JOIN person ON true
            LEFT JOIN changed ON true
            """;

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    MemberRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * What became of a change.
     *
     * @param role of whoever asked
     * @param person the user it is about, if there is one
     */
    record Change(Optional<BoardRole> role, Optional<UUID> person, boolean changed) {}

    List<MemberResource.Member> findAll(UUID board) {
        return query(FIND_ALL, Tuple.of(board)).stream()
                .map(row -> new MemberResource.Member(
                        row.getUUID("user_id"),
                        row.getString("email"),
                        row.getString("full_name"),
                        row.getString("role"),
                        row.getBoolean("creator")))
                .toList();
    }

    Change add(UUID board, UUID asking, String email, String role) {
        return change(ADD, Tuple.of(board, asking, email, role));
    }

    Change setRole(UUID board, UUID asking, UUID member, String role) {
        return change(SET_ROLE, Tuple.of(board, asking, member, role));
    }

    Change remove(UUID board, UUID asking, UUID member) {
        return change(REMOVE, Tuple.of(board, asking, member));
    }

    private Change change(String sql, Tuple parameters) {
        Row row = query(sql, parameters).iterator().next();
        return new Change(
                BoardRole.of(row.getString("role")),
                Optional.ofNullable(row.getUUID("person")),
                row.getBoolean("changed"));
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
