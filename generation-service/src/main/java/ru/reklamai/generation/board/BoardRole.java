package ru.reklamai.generation.board;

import ru.reklamai.message.MessageCode;

import java.util.Locale;
import java.util.Optional;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** What a member may do: a viewer sees, an editor also brings generations, an owner also changes the board itself. */
public enum BoardRole {
    VIEWER,
    EDITOR,
    OWNER;

    static Optional<BoardRole> of(String text) {
        return Optional.ofNullable(text).map(role -> valueOf(role.toUpperCase(Locale.ROOT)));
    }

    /** A problem 404 for a stranger, to whom there is no such board, and 403 for a member whose role is too low. */
    static void require(BoardRole least, Optional<BoardRole> role) {
        BoardRole actual = role.orElseThrow(() -> Problems.of(Problem.NOT_FOUND, MessageCode.BOARD_NOT_FOUND));
        if (actual.compareTo(least) < 0) {
            throw Problems.of(
                    Problem.FORBIDDEN,
                    least == OWNER
                            ? MessageCode.BOARD_OWNERS_ONLY
                            : MessageCode.BOARD_READ_ONLY);
        }
    }
}
