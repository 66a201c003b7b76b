package ru.reklamai.generation.board;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** All SQL on a board's members. The board's creator stays an owner as long as the board is there. */
@ApplicationScoped
class MemberRepository {

    private static final String FIND_ALL = """
            SELECT m.user_id, p.email, p.full_name, m.role, m.user_id = b.owner_id AS creator
            FROM studio.board_members m
            JOIN studio.boards b ON b.id = m.board_id
            JOIN studio.people p ON p.user_id = m.user_id
            WHERE m.board_id = $1
            ORDER BY m.created_at, m.user_id
            LIMIT 1000
            """;

    private static final String ADD = """
            WITH access AS (
                SELECT studio.board_role($1, $2) AS role
            ), person AS (
                SELECT user_id
                FROM studio.people
                WHERE lower(email) = lower($3) AND NOT deleted
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

    private final Database database;

    MemberRepository(Database database) {
        this.database = database;
    }

    List<Member> findAll(UUID board) {
        return database.list(MemberRepository::toMember, FIND_ALL, board);
    }

    MembershipChange add(UUID board, UUID asking, String email, String role) {
        return database.one(MemberRepository::toChange, ADD, board, asking, email, role);
    }

    MembershipChange setRole(UUID board, UUID asking, UUID member, String role) {
        return database.one(MemberRepository::toChange, SET_ROLE, board, asking, member, role);
    }

    MembershipChange remove(UUID board, UUID asking, UUID member) {
        return database.one(MemberRepository::toChange, REMOVE, board, asking, member);
    }

    private static Member toMember(Row row) {
        return new Member(
                row.getUUID("user_id"),
                row.getString("email"),
                row.getString("full_name"),
                row.getString("role"),
                row.getBoolean("creator"));
    }

    private static MembershipChange toChange(Row row) {
        return new MembershipChange(
                BoardRole.of(row.getString("role")),
                Optional.ofNullable(row.getUUID("person")),
                row.getBoolean("changed"));
    }
}
