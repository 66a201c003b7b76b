package ru.reklamai.database;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** What the reactive client's failures mean. SQL states: PostgreSQL's manual, appendix A. */
public final class DatabaseFailure {

    /** A zero character, in text or in JSON. */
    private static final Set<String> UNSTORABLE_TEXT = Set.of("22021", "22P05");
    /** Shut down, crashed, starting up, recovering, too many connections, ended by its time limit, two in each other's way. */
    private static final Set<String> AWAY =
            Set.of("57P01", "57P02", "57P03", "25006", "53300", "57014", "40001", "40P01");
    /** What a row refers to was deleted at that moment. */
    private static final String REFERENCE_GONE = "23503";

    private DatabaseFailure() {}

    /** Whether the database is away or too busy: the same may work in a moment. */
    public static boolean isAway(Throwable failure) {
        return switch (failure) {
            case PgException pg -> AWAY.contains(String.valueOf(pg.getSqlState()));
            // What is checked arrives wrapped where a reactive call was awaited.
            case CompletionException awaited -> awaited.getCause() != null && isAway(awaited.getCause());
            case TimeoutException late -> true;
            case VertxException connection -> true;
            case IOException network -> true;
            default -> false;
        };
    }

    /** Whether a text can't be stored because of what is in it. */
    public static boolean isUnstorableText(PgException failure) {
        return UNSTORABLE_TEXT.contains(String.valueOf(failure.getSqlState()));
    }

    /** Whether somebody else deleted at the same moment what this was about. */
    public static boolean isOvertaken(PgException failure) {
        return REFERENCE_GONE.equals(failure.getSqlState());
    }
}
