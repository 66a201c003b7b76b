package ru.reklamai.kit.problem;

import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import ru.reklamai.kit.database.DatabaseException;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What the database's failures mean to a caller. */
class DatabaseProblems {

    private static final Logger LOG = Logger.getLogger(DatabaseProblems.class);

    @ServerExceptionMapper
    Response toResponse(DatabaseException failure) {
        var problem =
                switch (failure.kind()) {
                    case UNSTORABLE_TEXT ->
                        Problems.of(Problem.MALFORMED_REQUEST, MessageCode.TEXT_WITH_ZERO_CHARACTER);
                    case OVERTAKEN -> Problems.of(Problem.CONFLICT, MessageCode.DELETED_MEANWHILE);
                    case AWAY -> {
                        LOG.warnf("the database does not answer: cause=%s", failure.getCause());
                        yield Problems.of(Problem.UNAVAILABLE);
                    }
                };
        return problem.toResponse();
    }
}
