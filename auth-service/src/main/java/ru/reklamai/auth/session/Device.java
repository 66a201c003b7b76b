package ru.reklamai.auth.session;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/**
 * From where a session is used, for its owner to recognize it.
 *
 * @param address of the client, as the gateway saw it
 */
public record Device(String userAgent, String address) {

    private static final int MAX_USER_AGENT = 300;

    public static Device of(HttpServerRequest request) {
        String userAgent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
        return new Device(
                userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT)),
                request.remoteAddress().hostAddress());
    }
}
