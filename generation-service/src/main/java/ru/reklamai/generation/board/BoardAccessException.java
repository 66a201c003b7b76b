package ru.reklamai.generation.board;

/** Somebody may not do something on a board. */
public final class BoardAccessException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why not. */
    enum Kind {
        /** A stranger: to them there is no such board. */
        NOT_FOUND,
        READ_ONLY,
        OWNERS_ONLY
    }

    private final Kind kind;

    BoardAccessException(Kind kind) {
        super(kind.name());
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
