package ru.reklamai.kit.database;

/** A statement that PostgreSQL did not carry out, for a reason that callers can act on. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why it was not carried out. */
    public enum Kind {
        /** The database is away or too busy: the same statement may work in a moment. */
        AWAY,
        /** A text can't be stored because of what is in it: a zero character. */
        UNSTORABLE_TEXT,
        /** Somebody else deleted at the same moment what the statement refers to. */
        OVERTAKEN
    }

    private final Kind kind;

    DatabaseException(Kind kind, Throwable cause) {
        super(cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
