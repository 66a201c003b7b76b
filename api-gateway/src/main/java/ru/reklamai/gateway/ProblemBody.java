package ru.reklamai.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/**
 * An error of the gateway's own, as problem+json (RFC 9457), in the language that the request prefers.
 *
 * @param detailKey of the bundles of messages
 */
public record ProblemBody(Problem kind, String detailKey, List<Object> values) {

    /** Says what to do in general. */
    public static ProblemBody of(Problem kind) {
        return new ProblemBody(kind, kind.adviceKey(), List.of());
    }

    /** @param detail what to do now */
    public static ProblemBody of(Problem kind, MessageCode detail, Object... values) {
        return new ProblemBody(kind, detail.text(), List.of(values));
    }

    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/problem+json"));
        if (kind.status() == Problem.UNAVAILABLE.status()) {
            headers.put("Retry-After", String.valueOf(Problem.RETRY_AFTER.toSeconds()));
        }
        return headers;
    }

    public Buffer toBuffer(String acceptLanguage) {
        Locale language = Messages.languageOf(acceptLanguage);
        return new JsonObject()
                .put("type", kind.uri().toString())
                .put("title", Messages.text(language, kind.titleKey(), List.of()))
                .put("status", kind.status())
                .put("detail", Messages.text(language, detailKey, values))
                .toBuffer();
    }

    /** Ends the request with this error, unless its answer has begun already. */
    public void send(HttpServerRequest request) {
        var response = request.response();
        if (!response.headWritten() && !response.ended()) {
            headers().forEach(response::putHeader);
            response.setStatusCode(kind.status()).end(toBuffer(request.getHeader("Accept-Language")));
        }
    }
}
