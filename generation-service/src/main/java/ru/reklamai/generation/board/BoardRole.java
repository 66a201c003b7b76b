package ru.reklamai.generation.board;

import java.util.Locale;
import java.util.Optional;

/** What a member may do: a viewer sees, an editor also brings generations, an owner also changes the board itself. */
public enum BoardRole {
    VIEWER,
    EDITOR,
    OWNER;

    /** The names, for the check of requests that give one. */
    static final String PATTERN = "viewer|editor|owner";

    static Optional<BoardRole> of(String text) {
        return Optional.ofNullable(text).map(role -> valueOf(role.toUpperCase(Locale.ROOT)));
    }

    /**
     * Refuses a stranger, and a member whose role is too low.
     *
     * @throws BoardAccessException which becomes a problem 404 or 403
     */
    static void require(BoardRole least, Optional<BoardRole> role) {
        BoardRole actual = role.orElseThrow(() -> new BoardAccessException(BoardAccessException.Kind.NOT_FOUND));
        if (actual.compareTo(least) < 0) {
            throw new BoardAccessException(
                    least == OWNER ? BoardAccessException.Kind.OWNERS_ONLY : BoardAccessException.Kind.READ_ONLY);
        }
    }
}
