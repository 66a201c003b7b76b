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

    /** A problem 404 for a stranger, 403 for a member with a lower role. */
    public void require(BoardRole least, UUID board, UUID user) {
        BoardRole.require(least, boards.role(board, user));
    }
}
