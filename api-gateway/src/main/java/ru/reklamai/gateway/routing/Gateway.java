package ru.reklamai.gateway.routing;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.GatewayConfig;
import ru.reklamai.gateway.ProblemBody;
import ru.reklamai.gateway.limit.RateLimiter;
import ru.reklamai.gateway.token.Caller;
import ru.reklamai.gateway.token.Identity;
import ru.reklamai.gateway.token.TokenCheck;
import ru.reklamai.gateway.tunnel.WebSocketTunnel;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** The way of every request: route, size, token, limit, then on to the service that owns it. */
@ApplicationScoped
class Gateway {

    private static final Logger LOG = Logger.getLogger(Gateway.class);
    private static final String SOCKET_PATH = "/ws";

    private final GatewayConfig config;
    private final TokenCheck tokens;
    private final RateLimiter limiter;
    private final Forwarding forwarding;
    private final WebSocketTunnel tunnel;
    private final AnswersUnderWay answers;
    /** Of answers that end only with their clients. */
    private final Set<HttpConnection> eventStreams = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    Gateway(GatewayConfig config, TokenCheck tokens, RateLimiter limiter, AnswersUnderWay answers, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.limiter = limiter;
        this.answers = answers;
        this.forwarding = new Forwarding(config, vertx);
        this.tunnel = new WebSocketTunnel(vertx, config.sockets(), config.connectTimeout());
    }

    void register(@Observes Router router) {
        router.route("/api/*").handler(this::take);
        router.route(SOCKET_PATH).handler(this::take);
        router.route("/.well-known/jwks.json").handler(this::take);
        router.get("/docs").handler(context -> redirect(context, "/docs/"));
    }

    /** Live connections would outlast any time that a stop may take. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        tunnel.endAll();
        eventStreams.forEach(HttpConnection::close);
    }

    private static void redirect(RoutingContext context, String place) {
        if (context.request().path().equals(place)) {
            context.next();
        } else {
            context.response().setStatusCode(308).putHeader("Location", place).end();
        }
    }

    private void take(RoutingContext context) {
        answers.begin(context);
        HttpServerRequest request = context.request();
        if (!request.path().equals(context.normalizedPath())) {
            refuse(context, Problem.MALFORMED_REQUEST, MessageCode.PATH_NOT_PLAIN);
            return;
        }
        Optional<Route> found = Route.of(request.path());
        if (found.isEmpty()) {
            refuse(context, Problem.NOT_FOUND, MessageCode.PATH_UNKNOWN);
            return;
        }
        Route route = found.get();
        Optional<ProblemBody> violation =
                BodyCheck.violation(request, route.maxBody().applyAsLong(config));
        if (violation.isPresent()) {
            refuse(context, violation.get());
            return;
        }
        request.pause();
        tokens.identify(request)
                .onSuccess(identity -> admit(context, route, identity))
                .onFailure(failure -> fail(context, failure));
    }

    private void admit(RoutingContext context, Route route, Identity identity) {
        switch (identity) {
            case Caller caller -> {
                context.put(AccessLog.USER, caller.userId());
                count(context, route, Optional.of(caller));
            }
            case Identity.Anonymous()
            when route.access() == Route.Access.TOKEN -> {
                context.response().putHeader("WWW-Authenticate", "Bearer");
                refuse(context, ProblemBody.of(Problem.UNAUTHORIZED));
            }
            case Identity.Anonymous() -> count(context, route, Optional.empty());
            case Identity.Invalid(Throwable cause) -> {
                LOG.debugf("token refused: cause=%s", cause);
                refuse(context, Problem.UNAUTHORIZED, MessageCode.TOKEN_INVALID);
            }
            case Identity.Unchecked() -> refuse(context, ProblemBody.of(Problem.UNAVAILABLE));
        }
    }

    private void count(RoutingContext context, Route route, Optional<Caller> caller) {
        limiter.count(route.policy(), caller, context.request().remoteAddress().hostAddress())
                .subscribe()
                .with(
                        decision -> decision.ifPresentOrElse(
                                counted -> decide(context, route, caller, counted), () -> forward(context, route)),
                        failure -> fail(context, failure));
    }

    private void decide(RoutingContext context, Route route, Optional<Caller> caller, RateLimiter.Decision decision) {
        decision.headers().forEach(context.response()::putHeader);
        if (!decision.isAllowed()) {
            context.response().putHeader("Retry-After", String.valueOf(decision.resetSeconds()));
            refuse(context, Problem.RATE_LIMITED, MessageCode.RATE_LIMITED, decision.resetSeconds());
        } else if (caller.isPresent() && caller.get().issuedAt().isBefore(decision.validFrom())) {
            refuse(context, Problem.UNAUTHORIZED, MessageCode.SESSION_ENDED);
        } else {
            forward(context, route);
        }
    }

    private void forward(RoutingContext context, Route route) {
        HttpServerRequest request = context.request();
        request.headers()
                .set("X-Forwarded-For", request.remoteAddress().hostAddress())
                .set("X-Forwarded-Proto", request.scheme());
        boolean isSocketPath = request.path().endsWith(SOCKET_PATH) && route.service() == Service.STATUS;
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.resume();
            tunnel.open(request, route.service().address(config), isSocketPath ? SOCKET_PATH : request.path())
                    .onSuccess(open -> answers.becameSocket(context));
            return;
        }
        if (isSocketPath) {
            refuse(context, Problem.MALFORMED_REQUEST, MessageCode.WEBSOCKET_ONLY);
            return;
        }
        if (route.service() == Service.STATUS) {
            watch(context);
        }
        request.resume();
        forwarding.forward(request, route.service());
    }

    /** While stopping, the connection is cut: an EventSource tries again after that, but never after an error. */
    private void watch(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        eventStreams.add(connection);
        context.addEndHandler(end -> eventStreams.remove(connection));
        if (stopping) {
            connection.close();
        }
    }

    private static void fail(RoutingContext context, Throwable failure) {
        LOG.errorf(failure, "request failed: path=%s", AccessLog.pathOf(context.request()));
        refuse(context, ProblemBody.of(Problem.INTERNAL_ERROR));
    }

    private static void refuse(RoutingContext context, Problem kind, MessageCode detail, Object... values) {
        refuse(context, ProblemBody.of(kind, detail, values));
    }

    /** The rest of the body is not wanted: it is let through to nowhere, so that the answer can go out. */
    private static void refuse(RoutingContext context, ProblemBody problem) {
        context.request().resume();
        problem.send(context.request());
    }
}
