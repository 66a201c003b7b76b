package ru.reklamai.gateway.routing;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import ru.reklamai.gateway.ProblemBody;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** What a request's headers must say of its body before anything of it is read. */
final class BodyCheck {

    /** RFC 9110, 5.6.2. */
    private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]+";

    /** RFC 9110, 8.3.1: two tokens, and parameters that are tokens or quoted. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("%1$s/%1$s(\\s*;\\s*%1$s=(%1$s|\"[^\"\\\\]*\"))*\\s*;?".formatted(TOKEN));

    private BodyCheck() {}

    static Optional<ProblemBody> violation(HttpServerRequest request, long maxBody) {
        String type = request.getHeader("Content-Type");
        if (type != null && !MEDIA_TYPE.matcher(type).matches()) {
            return Optional.of(ProblemBody.of(Problem.MALFORMED_REQUEST, MessageCode.CONTENT_TYPE_UNREADABLE));
        }
        String length = request.getHeader("Content-Length");
        if (length == null && request.getHeader("Transfer-Encoding") != null) {
            return Optional.of(ProblemBody.of(Problem.LENGTH_REQUIRED, MessageCode.CONTENT_LENGTH_MISSING));
        }
        return length != null && Long.parseLong(length) > maxBody
                ? Optional.of(ProblemBody.of(Problem.PAYLOAD_TOO_LARGE, MessageCode.BODY_TOO_LARGE, maxBody))
                : Optional.empty();
    }
}
