package ru.reklamai.gateway.routing;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;
import ru.reklamai.gateway.GatewayConfig;

/**
 * Where a request goes and what is asked of it.
 *
 * @param needsToken whether the request is refused without one
 * @param policy which limit counts: auth, generate, rest or none
 * @param limit requests a minute
 * @param maxBody bytes
 */
record Route(URI target, String targetPath, boolean needsToken, String policy, int limit, long maxBody) {

    /** Returns empty for a path that the system doesn't have. */
    static Optional<Route> of(HttpServerRequest request, GatewayConfig config) {
        String path = request.path();
        var limits = config.limits();
        if (path.equals("/.well-known/jwks.json")) {
            return Optional.of(new Route(config.auth(), path, false, "rest", limits.rest(), 0));
        }
        if (path.equals("/api/v1/auth/me")) {
            return Optional.of(new Route(config.auth(), path, true, "rest", limits.rest(), config.maxBody()));
        }
        if (path.startsWith("/api/v1/auth/")) {
            return Optional.of(new Route(config.auth(), path, false, "auth", limits.auth(), config.maxBody()));
        }
        if (path.equals("/ws") || path.equals("/api/v1/ws")) {
            return Optional.of(new Route(config.status(), "/ws", true, "rest", limits.rest(), 0));
        }
        if (path.startsWith("/api/v1/generations/") && path.endsWith("/stream")) {
            return Optional.of(new Route(config.status(), path, true, "rest", limits.rest(), 0));
        }
        if (path.startsWith("/api/v1/provider/kie/callback/")) {
            return Optional.of(new Route(config.worker(), path, false, "none", 0, config.maxBody()));
        }
        if (path.equals("/api/v1/models") || path.equals("/api/v1/presets")) {
            return Optional.of(new Route(config.generation(), path, false, "rest", limits.rest(), 0));
        }
        if (path.equals("/api/v1/generate")) {
            return Optional.of(
                    new Route(config.generation(), path, true, "generate", limits.generate(), config.maxBody()));
        }
        if (path.equals("/api/v1/upload")) {
            return Optional.of(new Route(config.generation(), path, true, "rest", limits.rest(), config.maxUpload()));
        }
        return path.startsWith("/api/v1/")
                ? Optional.of(new Route(config.generation(), path, true, "rest", limits.rest(), config.maxBody()))
                : Optional.empty();
    }
}
