package ru.reklamai.problem;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import ru.reklamai.database.DatabaseFailure;

/** What the database's failures mean to a caller. */
class DatabaseProblems {

    private static final Logger LOG = Logger.getLogger(DatabaseProblems.class);

    @ServerExceptionMapper(PgException.class)
    Response failed(PgException failure) {
        if (DatabaseFailure.isUnstorableText(failure)) {
            return Problems.of(Problem.MALFORMED_REQUEST, "A text holds a zero character (U+0000). Leave it out.")
                    .toResponse();
        }
        if (DatabaseFailure.isOvertaken(failure)) {
            return Problems.of(Problem.CONFLICT, "Somebody deleted it at the same moment. Look again, then try again.")
                    .toResponse();
        }
        return answer(failure);
    }

    @ServerExceptionMapper({VertxException.class, CompletionException.class, TimeoutException.class})
    Response unreachable(RuntimeException failure) {
        return answer(failure);
    }

    private static Response answer(RuntimeException failure) {
        if (DatabaseFailure.isAway(failure)) {
            LOG.warnf("the database does not answer: cause=%s", failure);
            return Problems.of(Problem.UNAVAILABLE, Problem.UNAVAILABLE.advice())
                    .toResponse();
        }
        LOG.error("unexpected failure", failure);
        return Problems.of(Problem.INTERNAL_ERROR, Problem.INTERNAL_ERROR.advice())
                .toResponse();
    }
}
