package ru.reklamai.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkiverse.resteasy.problem.validation.HttpValidationProblem;
import io.quarkiverse.resteasy.problem.validation.Violation;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where errors leave a service: every one with its stable type (RFC 9457). */
@ApplicationScoped
public class Problems implements ProblemPostProcessor {

    private static final String SECONDS_UNTIL_RETRY = "2";

    private final CurrentVertxRequest request;

    Problems(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * Speaks the language of the present request.
     *
     * @param detail for the user, in English: what to do now; {0}, {1} … stand for the values
     */
    public static HttpProblem of(Problem kind, String detail, Object... values) {
        HttpProblem.Builder problem = HttpProblem.builder()
                .withType(kind.uri())
                .withTitle(Messages.text(kind.title()))
                .withStatus(kind.status())
                .withDetail(Messages.text(detail, values));
        return kind.status() == Problem.UNAVAILABLE.status()
                ? problem.withHeader("Retry-After", SECONDS_UNTIL_RETRY).build()
                : problem.build();
    }

    /** The same with the time after which it may work. */
    public static HttpProblem retryLater(Problem kind, Duration after, String detail, Object... values) {
        return HttpProblem.builder(of(kind, detail, values))
                .withHeader("Retry-After", String.valueOf(Math.max(1, after.toSeconds())))
                .build();
    }

    /** @param message what is wrong with that field of the request, in English */
    public static HttpProblem invalidField(String field, String message, Object... values) {
        return invalidFields(Map.of(field, Messages.text(message, values)));
    }

    /** @param violations what is wrong, by the request's field, in the request's language */
    public static HttpProblem invalidFields(Map<String, String> violations) {
        List<Violation> body = violations.entrySet().stream()
                .map(entry -> Violation.In.body.field(entry.getKey()).message(entry.getValue()))
                .toList();
        return new HttpValidationProblem(
                Problem.INVALID_FIELDS.status(), Messages.text(Problem.INVALID_FIELDS.title()), body);
    }

    /** In place of the library's own mappers, which don't fit this Quarkus line. */
    @ServerExceptionMapper(
            value = {UnauthorizedException.class, AuthenticationFailedException.class},
            priority = Priorities.AUTHENTICATION)
    Response unauthorized() {
        return of(Problem.UNAUTHORIZED, "Send a valid access token. POST /api/v1/auth/login gives one.")
                .toResponse();
    }

    /** Quarkus' own mapper would answer without a body. */
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = Priorities.AUTHENTICATION)
    Response unreadable(MismatchedInputException failure) {
        String field = failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        HttpProblem problem = field.isEmpty()
                ? of(Problem.MALFORMED_REQUEST, "The JSON body is not what this path takes.")
                : of(Problem.MALFORMED_REQUEST, "Not readable: {0}.", field);
        return problem.toResponse();
    }

    /** Failures of our own files and connections are unchecked: this one is of a body that ends too early, or is broken. */
    @ServerExceptionMapper(IOException.class)
    Response cutOff(IOException failure) {
        return of(Problem.MALFORMED_REQUEST, "The body can't be read: it is broken, or ends too early.")
                .toResponse();
    }

    /** What a library found wrong gets our type, and our words where it has none. */
    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getType() != null) {
            return problem;
        }
        if (isUnreadableParameter(context.cause)) {
            return of(
                    Problem.MALFORMED_REQUEST, "A parameter after the ? can't be read: give ids and numbers as such.");
        }
        Problem kind = Problem.forStatus(problem.getStatusCode());
        HttpProblem.Builder typed =
                HttpProblem.builder(problem).withType(kind.uri()).withTitle(Messages.text(kind.title()));
        return problem instanceof HttpValidationProblem
                ? typed.build()
                : typed.withDetail(Messages.text(kind.advice())).build();
    }

    /** JAX-RS answers 404 for these: right for one in the path, which names nothing, but not for one in the query. */
    private boolean isUnreadableParameter(Throwable failure) {
        return failure instanceof NotFoundException
                && failure.getCause() != null
                && request.getCurrent() != null
                && request.getCurrent().request().query() != null;
    }
}
