package ru.reklamai.gateway.routing;

import static ru.reklamai.gateway.limit.LimitPolicy.AUTH;
import static ru.reklamai.gateway.limit.LimitPolicy.GENERATE;
import static ru.reklamai.gateway.limit.LimitPolicy.NONE;
import static ru.reklamai.gateway.limit.LimitPolicy.REST;
import static ru.reklamai.gateway.routing.Route.Access.OPEN;
import static ru.reklamai.gateway.routing.Route.Access.TOKEN;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import ru.reklamai.gateway.GatewayConfig;
import ru.reklamai.gateway.limit.LimitPolicy;

/**
 * Where requests of some paths go, and what is asked of them.
 *
 * @param maxBody bytes
 */
record Route(Pattern path, Service service, Access access, LimitPolicy policy, ToLongFunction<GatewayConfig> maxBody) {

    /** The first that fits counts. */
    static final List<Route> TABLE = List.of(
            route("/\\.well-known/jwks\\.json", Service.AUTH, OPEN, REST),
            route(
                    "/api/v1/auth/(me|me/deletion|sessions|sessions/[^/]+|ticket|verification|password)",
                    Service.AUTH,
                    TOKEN,
                    REST),
            route("/api/v1/auth/.*", Service.AUTH, OPEN, AUTH),
            route("/api/v1/admin/users(/[^/]+(/role|/block)?)?", Service.AUTH, TOKEN, REST),
            route("(/api/v1)?/ws", Service.STATUS, TOKEN, REST),
            route("/api/v1/updates|/api/v1/generations/[^/]+/stream", Service.STATUS, TOKEN, REST),
            route("/api/v1/provider/kie/callback/.*", Service.WORKER, OPEN, NONE),
            route("/api/v1/admin/provider(/.*)?", Service.WORKER, TOKEN, REST),
            route("/api/v1/payments/.*", Service.GENERATION, OPEN, NONE),
            route("/api/v1/(models|presets|shares/[^/]+)", Service.GENERATION, OPEN, REST),
            route("/api/v1/generate", Service.GENERATION, TOKEN, GENERATE),
            new Route(Pattern.compile("/api/v1/upload"), Service.GENERATION, TOKEN, REST, GatewayConfig::maxUpload),
            route("/api/v1/.*", Service.GENERATION, TOKEN, REST));

    /** Whether a request without a token is refused. */
    enum Access {
        OPEN,
        TOKEN
    }

    private static Route route(String path, Service service, Access access, LimitPolicy policy) {
        return new Route(Pattern.compile(path), service, access, policy, GatewayConfig::maxBody);
    }

    /** Returns empty for a path that the system doesn't have. */
    static Optional<Route> of(String path) {
        return TABLE.stream()
                .filter(route -> route.path().matcher(path).matches())
                .findFirst();
    }
}
