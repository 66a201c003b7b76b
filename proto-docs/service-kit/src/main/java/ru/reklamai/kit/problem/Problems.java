package ru.reklamai.kit.problem;

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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.kit.message.Text;
import ru.reklamai.kit.session.TokenKeys;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Where errors leave a service: every one with its stable type (RFC 9457). */
@ApplicationScoped
public class Problems implements ProblemPostProcessor {

    /** The same as {@link Problem#RETRY_AFTER}. */
    public static final Duration RETRY_AFTER = Problem.RETRY_AFTER;

    private final CurrentVertxRequest request;

    Problems(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Says what to do in general, in the language of the present request. */
    public static HttpProblem of(Problem kind) {
        return of(kind, Messages.text(Messages.languageOfPresentRequest(), kind.adviceKey(), List.of()));
    }

    /**
     * Speaks the language of the present request.
     *
     * @param detail what to do now
     */
    public static HttpProblem of(Problem kind, MessageCode detail, Object... values) {
        return of(kind, Messages.text(detail, values));
    }

    private static HttpProblem of(Problem kind, String detail) {
        HttpProblem.Builder problem = HttpProblem.builder()
                .withType(kind.uri())
                .withTitle(title(kind))
                .withStatus(kind.status())
                .withDetail(detail);
        return kind.status() == Problem.UNAVAILABLE.status()
                ? problem.withHeader("Retry-After", String.valueOf(RETRY_AFTER.toSeconds()))
                        .build()
                : problem.build();
    }

    /** The same problem with the time after which it may work. */
    public static HttpProblem retryAfter(Duration pause, HttpProblem problem) {
        return HttpProblem.builder(problem)
                .withHeader("Retry-After", String.valueOf(Math.max(1, pause.toSeconds())))
                .build();
    }

    /** @param message what is wrong with that field of the request */
    public static HttpProblem invalidField(String field, MessageCode message, Object... values) {
        return invalidFields(Map.of(field, Text.of(message, values)));
    }

    /** @param violations what is wrong, by the request's field */
    public static HttpProblem invalidFields(Map<String, Text> violations) {
        Locale language = Messages.languageOfPresentRequest();
        List<Violation> body = violations.entrySet().stream()
                .map(entry -> Violation.In.body
                        .field(entry.getKey())
                        .message(entry.getValue().in(language)))
                .toList();
        return new HttpValidationProblem(Problem.INVALID_FIELDS.status(), title(Problem.INVALID_FIELDS), body);
    }

    private static String title(Problem kind) {
        return Messages.text(Messages.languageOfPresentRequest(), kind.titleKey(), List.of());
    }

    /** In place of the library's own mappers, which don't fit this Quarkus line. */
    @ServerExceptionMapper(value = UnauthorizedException.class, priority = Priorities.AUTHENTICATION)
    Response unauthorized() {
        return of(Problem.UNAUTHORIZED, MessageCode.TOKEN_REQUIRED).toResponse();
    }

    /** A token that nobody can check now is not a wrong one: to log in again would help nobody. */
    @ServerExceptionMapper(value = AuthenticationFailedException.class, priority = Priorities.AUTHENTICATION)
    Response unauthenticated(AuthenticationFailedException failure) {
        return TokenKeys.areAway(failure) ? of(Problem.UNAVAILABLE).toResponse() : unauthorized();
    }

    /** Quarkus' own mapper would answer without a body. */
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = Priorities.AUTHENTICATION)
    Response unreadable(MismatchedInputException failure) {
        String field = failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        HttpProblem problem = field.isEmpty()
                ? of(Problem.MALFORMED_REQUEST, MessageCode.JSON_UNEXPECTED)
                : of(Problem.MALFORMED_REQUEST, MessageCode.FIELD_UNREADABLE, field);
        return problem.toResponse();
    }

    /** Failures of our own files and connections are unchecked: this one is of a body that ends too early, or is broken. */
    @ServerExceptionMapper(IOException.class)
    Response cutOff(IOException failure) {
        return of(Problem.MALFORMED_REQUEST, MessageCode.BODY_UNREADABLE).toResponse();
    }

    /** What a library found wrong gets our type, and our words where it has none. */
    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getType() != null) {
            return problem;
        }
        if (isUnreadableParameter(context.cause)) {
            return of(Problem.MALFORMED_REQUEST, MessageCode.QUERY_PARAMETER_UNREADABLE);
        }
        Problem kind = Problem.forStatus(problem.getStatusCode());
        HttpProblem.Builder typed =
                HttpProblem.builder(problem).withType(kind.uri()).withTitle(title(kind));
        return problem instanceof HttpValidationProblem
                ? typed.build()
                : typed.withDetail(Messages.text(Messages.languageOfPresentRequest(), kind.adviceKey(), List.of()))
                        .build();
    }

    /** JAX-RS answers 404 for these: right for one in the path, which names nothing, but not for one in the query. */
    private boolean isUnreadableParameter(Throwable failure) {
        return failure instanceof NotFoundException
                && failure.getCause() != null
                && request.getCurrent() != null
                && request.getCurrent().request().query() != null;
    }
}
