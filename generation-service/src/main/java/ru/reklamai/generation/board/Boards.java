package ru.reklamai.generation.board;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What other features ask of boards. */
@ApplicationScoped
public class Boards {

    private final BoardRepository boards;

    Boards(BoardRepository boards) {
        this.boards = boards;
    }

    /**
     * Refuses a stranger, and a member whose role is too low.
     *
     * @throws BoardAccessException which becomes a problem 404 or 403
     */
    public void require(BoardRole least, UUID board, UUID user) {
        BoardRole.require(least, boards.role(board, user));
    }
}
