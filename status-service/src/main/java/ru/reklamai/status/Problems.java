package ru.reklamai.status;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import ru.reklamai.events.Problem;

/** Gives every error that leaves this service its stable type. */
@ApplicationScoped
public class Problems implements ProblemPostProcessor {

    /** @param detail for the user: what to do now */
    public static HttpProblem of(Problem kind, String detail) {
        return HttpProblem.builder()
                .withType(kind.uri())
                .withTitle(kind.title())
                .withStatus(kind.status())
                .withDetail(detail)
                .build();
    }

    /** In place of the library's own mappers, which don't fit this Quarkus line. */
    @ServerExceptionMapper(
            value = {UnauthorizedException.class, AuthenticationFailedException.class},
            priority = Priorities.AUTHENTICATION)
    Response unauthorized() {
        return of(Problem.UNAUTHORIZED, "Send a valid access token. POST /api/v1/auth/login gives one.")
                .toResponse();
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getType() != null) {
            return problem;
        }
        Problem kind = Problem.forStatus(problem.getStatusCode());
        return HttpProblem.builder(problem)
                .withType(kind.uri())
                .withTitle(kind.title())
                .build();
    }
}
