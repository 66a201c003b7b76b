package ru.reklamai.generation.board;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** The answer to whoever may not do something on a board. */
class BoardProblems {

    @ServerExceptionMapper
    Response toResponse(BoardAccessException refusal) {
        var problem =
                switch (refusal.kind()) {
                    case NOT_FOUND -> Problems.of(Problem.NOT_FOUND, MessageCode.BOARD_NOT_FOUND);
                    case READ_ONLY -> Problems.of(Problem.FORBIDDEN, MessageCode.BOARD_READ_ONLY);
                    case OWNERS_ONLY -> Problems.of(Problem.FORBIDDEN, MessageCode.BOARD_OWNERS_ONLY);
                };
        return problem.toResponse();
    }
}
