package ru.reklamai.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.problem.Problem;

/**
 * An error of the gateway's own, as problem+json (RFC 9457), in the language that the request prefers.
 *
 * @param detail in English; {0}, {1} … stand for the values
 */
public record ProblemBody(Problem kind, String detail, List<Object> values) {

    public static final String CONTENT_TYPE = "application/problem+json";

    public static ProblemBody of(Problem kind, String detail, Object... values) {
        return new ProblemBody(kind, detail, List.of(values));
    }

    public Buffer toBuffer(Locale language) {
        return new JsonObject()
                .put("type", kind.uri().toString())
                .put("title", Messages.text(language, kind.title()))
                .put("status", kind.status())
                .put("detail", Messages.text(language, detail, values.toArray()))
                .toBuffer();
    }

    /** Ends the request with this error, unless its answer has begun already. */
    public void send(HttpServerRequest request) {
        var response = request.response();
        if (!response.headWritten() && !response.ended()) {
            response.setStatusCode(kind.status())
                    .putHeader("Content-Type", CONTENT_TYPE)
                    .end(toBuffer(Messages.languageOf(request.getHeader("Accept-Language"))));
        }
    }
}
