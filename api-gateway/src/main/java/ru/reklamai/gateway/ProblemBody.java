package ru.reklamai.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import ru.reklamai.problem.Problem;

/** An error of the gateway's own, as problem+json (RFC 9457). */
public record ProblemBody(Problem kind, String detail) {

    public static final String CONTENT_TYPE = "application/problem+json";

    public Buffer toBuffer() {
        return new JsonObject()
                .put("type", kind.uri().toString())
                .put("title", kind.title())
                .put("status", kind.status())
                .put("detail", detail)
                .toBuffer();
    }

    /** Ends the response with this error, unless it has begun already. */
    public void send(HttpServerResponse response) {
        if (!response.headWritten() && !response.ended()) {
            response.setStatusCode(kind.status())
                    .putHeader("Content-Type", CONTENT_TYPE)
                    .end(toBuffer());
        }
    }
}
