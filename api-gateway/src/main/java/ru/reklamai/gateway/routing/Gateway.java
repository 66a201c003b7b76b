package ru.reklamai.gateway.routing;

import ru.reklamai.message.MessageCode;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import ru.reklamai.gateway.GatewayConfig;
import ru.reklamai.gateway.ProblemBody;
import ru.reklamai.gateway.limit.RateLimiter;
import ru.reklamai.gateway.token.Caller;
import ru.reklamai.gateway.token.TokenCheck;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.problem.Problem;

/** The way of every request: route, size, token, limit, then on to the service that owns it. */
@ApplicationScoped
class Gateway {

    private static final Logger LOG = Logger.getLogger(Gateway.class);

    /** RFC 9110, 8.3.1: two tokens, and parameters that are tokens or quoted. */
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            "[\\w!#$%&'*+.^`|~-]+/[\\w!#$%&'*+.^`|~-]+(\\s*;\\s*[\\w!#$%&'*+.^`|~-]+=([\\w!#$%&'*+.^`|~-]+|\"[^\"\\\\]*\"))*\\s*;?");

    private final GatewayConfig config;
    private final TokenCheck tokens;
    private final RateLimiter limiter;
    private final HttpProxy proxy;
    private final WebSocketTunnel tunnel;

    Gateway(GatewayConfig config, TokenCheck tokens, RateLimiter limiter, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.limiter = limiter;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(512)
                .setKeepAliveTimeout(30)
                .setConnectTimeout(2000)
                .setDecompressionSupported(false));
        HttpClient sockets = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(100_000).setConnectTimeout(2000));
        this.proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> context.client().request(addressOf(context)))
                .addInterceptor(new Forwarding());
        this.tunnel = new WebSocketTunnel(sockets);
    }

    void register(@Observes Router router) {
        router.route("/api/*").handler(this::take);
        router.route("/ws").handler(this::take);
        router.route("/.well-known/jwks.json").handler(this::take);
        router.get("/docs").handler(context -> redirect(context, "/docs/"));
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        tunnel.endAll();
    }

    private static void redirect(RoutingContext context, String place) {
        if (context.request().path().equals(place)) {
            context.next();
        } else {
            context.response().setStatusCode(308).putHeader("Location", place).end();
        }
    }

    private void take(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Route> route = Route.of(request, config);
        Optional<ProblemBody> refusal = refusal(context, route);
        if (refusal.isPresent()) {
            refusal.get().send(request);
            return;
        }
        request.pause();
        tokens.callerOf(request)
                .onSuccess(caller -> limit(context, route.get(), caller))
                .onFailure(failure -> {
                    LOG.debugf("token refused: cause=%s", failure);
                    refuse(context, Problem.UNAUTHORIZED, MessageCode.TOKEN_INVALID);
                });
    }

    private Optional<ProblemBody> refusal(RoutingContext context, Optional<Route> route) {
        HttpServerRequest request = context.request();
        if (!request.path().equals(context.normalizedPath())) {
            return Optional.of(ProblemBody.of(Problem.MALFORMED_REQUEST, MessageCode.PATH_NOT_PLAIN));
        }
        if (route.isEmpty()) {
            return Optional.of(ProblemBody.of(Problem.NOT_FOUND, MessageCode.PATH_UNKNOWN));
        }
        String type = request.getHeader("Content-Type");
        if (type != null && !MEDIA_TYPE.matcher(type).matches()) {
            return Optional.of(ProblemBody.of(Problem.MALFORMED_REQUEST, MessageCode.CONTENT_TYPE_UNREADABLE));
        }
        String length = request.getHeader("Content-Length");
        if (length == null && request.getHeader("Transfer-Encoding") != null) {
            return Optional.of(ProblemBody.of(Problem.LENGTH_REQUIRED, MessageCode.CONTENT_LENGTH_MISSING));
        }
        return length != null && Long.parseLong(length) > route.get().maxBody()
                ? Optional.of(ProblemBody.of(
                        Problem.PAYLOAD_TOO_LARGE,
                        MessageCode.BODY_TOO_LARGE,
                        route.get().maxBody()))
                : Optional.empty();
    }

    private void limit(RoutingContext context, Route route, Optional<Caller> caller) {
        caller.ifPresent(someone -> context.put(AccessLog.USER, someone.userId()));
        if (route.needsToken() && caller.isEmpty()) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            refuse(context, Problem.UNAUTHORIZED, Problem.UNAUTHORIZED.advice());
            return;
        }
        if (route.policy().equals("none")) {
            forward(context, route);
            return;
        }
        String address = context.request().remoteAddress().hostAddress();
        String subject = route.policy().equals("auth")
                ? address
                : caller.map(Caller::userId).orElse(address);
        limiter.count(route.policy(), subject, route.limit(), caller)
                .subscribe()
                .with(
                        decision -> apply(context, route, caller, decision),
                        failure -> refuse(context, Problem.INTERNAL_ERROR, "Try again in a moment."));
    }

    private void apply(RoutingContext context, Route route, Optional<Caller> caller, RateLimiter.Decision decision) {
        context.response()
                .putHeader("RateLimit-Policy", "\"" + route.policy() + "\";q=" + decision.limit() + ";w=60")
                .putHeader(
                        "RateLimit",
                        "\"" + route.policy() + "\";r=" + decision.remaining() + ";t=" + decision.resetSeconds());
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
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.resume();
            tunnel.open(request, route);
        } else if (route.targetPath().equals("/ws")) {
            refuse(context, Problem.MALFORMED_REQUEST, MessageCode.WEBSOCKET_ONLY);
        } else {
            request.resume();
            proxy.handle(request);
        }
    }

    /** The rest of the body is not wanted: it is let through to nowhere, so that the answer can go out. */
    private static void refuse(RoutingContext context, Problem kind, String detail, Object... values) {
        context.request().resume();
        ProblemBody.of(kind, detail, values).send(context.request());
    }

    private RequestOptions addressOf(ProxyContext context) {
        var target = Route.of(context.request().proxiedRequest(), config)
                .orElseThrow()
                .target();
        return new RequestOptions().setHost(target.getHost()).setPort(target.getPort());
    }

    /** A service that can't be reached is a 503 that says when to come back. */
    private static final class Forwarding implements ProxyInterceptor {

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            return context.sendRequest().recover(failure -> {
                LOG.warnf(
                        "service can't be reached: path=%s cause=%s",
                        context.request().proxiedRequest().path(), failure);
                var body = ProblemBody.of(
                        Problem.UNAVAILABLE, "A part of the system is restarting. Try again in a few seconds.");
                return Future.succeededFuture(context.request()
                        .release()
                        .response()
                        .setStatusCode(Problem.UNAVAILABLE.status())
                        .putHeader("Content-Type", ProblemBody.CONTENT_TYPE)
                        .putHeader("Retry-After", "2")
                        .setBody(Body.body(body.toBuffer(
                                Messages.languageOf(context.request().headers().get("Accept-Language"))))));
            });
        }
    }
}
