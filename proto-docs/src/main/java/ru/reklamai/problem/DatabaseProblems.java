package ru.reklamai.problem;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the database's failures mean to a caller. SQL states: PostgreSQL's manual, appendix A. */
class DatabaseProblems {

    private static final Logger LOG = Logger.getLogger(DatabaseProblems.class);
    /** A zero byte, in text or in JSON. */
    private static final Set<String> UNSTORABLE_TEXT = Set.of("22021", "22P05");
    /** Shutting down, crashed, starting up, too many connections. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300");

    @ServerExceptionMapper(PgException.class)
    Response failed(PgException failure) {
        String state = String.valueOf(failure.getSqlState());
        if (UNSTORABLE_TEXT.contains(state)) {
            return Problems.of(Problem.MALFORMED_REQUEST, "A text holds a zero character (U+0000). Leave it out.")
                    .toResponse();
        }
        return AWAY.contains(state) ? away(failure) : bug(failure);
    }

    @ServerExceptionMapper(VertxException.class)
    Response connectionLost(VertxException failure) {
        return away(failure);
    }

    /** What is checked arrives wrapped where a reactive call was awaited. */
    @ServerExceptionMapper(CompletionException.class)
    Response awaited(CompletionException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof IOException || cause instanceof TimeoutException ? away(cause) : bug(failure);
    }

    private static Response away(Throwable failure) {
        LOG.warnf("the database does not answer: cause=%s", failure);
        return Problems.of(Problem.UNAVAILABLE, Problem.UNAVAILABLE.advice()).toResponse();
    }

    private static Response bug(Throwable failure) {
        LOG.error("unexpected failure", failure);
        return Problems.of(Problem.INTERNAL_ERROR, Problem.INTERNAL_ERROR.advice())
                .toResponse();
    }
}
