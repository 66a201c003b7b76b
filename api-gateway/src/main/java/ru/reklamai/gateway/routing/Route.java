package ru.reklamai.gateway.routing;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
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

    private static final boolean TOKEN = true;
    private static final boolean OPEN = false;

    /** The first rule that fits counts. */
    private static final List<Rule> RULES = List.of(
            new Rule("/\\.well-known/jwks\\.json", GatewayConfig::auth, OPEN, "rest"),
            new Rule(
                    "/api/v1/auth/(me|me/deletion|sessions|sessions/[^/]+|ticket|verification|password)",
                    GatewayConfig::auth,
                    TOKEN,
                    "rest"),
            new Rule("/api/v1/auth/.*", GatewayConfig::auth, OPEN, "auth"),
            new Rule("/api/v1/admin/users(/[^/]+(/role|/block)?)?", GatewayConfig::auth, TOKEN, "rest"),
            new Rule("(/api/v1)?/ws", GatewayConfig::status, TOKEN, "rest"),
            new Rule("/api/v1/updates|/api/v1/generations/[^/]+/stream", GatewayConfig::status, TOKEN, "rest"),
            new Rule("/api/v1/provider/kie/callback/.*", GatewayConfig::worker, OPEN, "none"),
            new Rule("/api/v1/admin/provider(/.*)?", GatewayConfig::worker, TOKEN, "rest"),
            new Rule("/api/v1/payments/.*", GatewayConfig::generation, OPEN, "none"),
            new Rule("/api/v1/(models|presets|shares/[^/]+)", GatewayConfig::generation, OPEN, "rest"),
            new Rule("/api/v1/generate", GatewayConfig::generation, TOKEN, "generate"),
            new Rule("/api/v1/.*", GatewayConfig::generation, TOKEN, "rest"));

    private record Rule(Pattern path, Function<GatewayConfig, URI> target, boolean needsToken, String policy) {

        Rule(String path, Function<GatewayConfig, URI> target, boolean needsToken, String policy) {
            this(Pattern.compile(path), target, needsToken, policy);
        }
    }

    /** Returns empty for a path that the system doesn't have. */
    static Optional<Route> of(HttpServerRequest request, GatewayConfig config) {
        String path = request.path();
        return RULES.stream()
                .filter(rule -> rule.path().matcher(path).matches())
                .findFirst()
                .map(rule -> new Route(
                        rule.target().apply(config),
                        path.equals("/api/v1/ws") ? "/ws" : path,
                        rule.needsToken(),
                        rule.policy(),
                        limit(rule.policy(), config.limits()),
                        path.equals("/api/v1/upload") ? config.maxUpload() : config.maxBody()));
    }

    private static int limit(String policy, GatewayConfig.Limits limits) {
        return switch (policy) {
            case "auth" -> limits.auth();
            case "generate" -> limits.generate();
            case "rest" -> limits.rest();
            default -> 0;
        };
    }
}
