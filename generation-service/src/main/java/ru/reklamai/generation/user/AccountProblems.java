package ru.reklamai.generation.user;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** The answer to a token whose account has been deleted. */
class AccountProblems {

    @ServerExceptionMapper
    Response toResponse(AccountGoneException gone) {
        return Problems.of(Problem.UNAUTHORIZED, MessageCode.ACCOUNT_GONE).toResponse();
    }
}
