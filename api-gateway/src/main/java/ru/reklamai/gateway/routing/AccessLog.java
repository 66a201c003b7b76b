package ru.reklamai.gateway.routing;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Gives each request an id and writes a line when it is answered. Queries are left out: they may hold tokens. */
@ApplicationScoped
class AccessLog {

    static final String USER = "reklamai.user";
    private static final Logger LOG = Logger.getLogger("access");
    private static final String REQUEST_ID = "X-Request-Id";
    private static final Pattern ACCEPTED_ID = Pattern.compile("[A-Za-z0-9-]{8,64}");
    private static final Pattern SECRET = Pattern.compile("(/callback/[^/]+/|/notifications/|/shares/).*");
    private static final int FIRST = 1000;

    void register(@Observes Filters filters) {
        filters.register(this::log, FIRST);
    }

    /** Returns the path without the signature or the token that some end with. */
    static String pathOf(HttpServerRequest request) {
        return SECRET.matcher(request.path()).replaceFirst("$1***");
    }

    private void log(RoutingContext context) {
        long startedAt = System.nanoTime();
        HttpServerRequest request = context.request();
        String given = request.getHeader(REQUEST_ID);
        String id = given != null && ACCEPTED_ID.matcher(given).matches()
                ? given
                : UuidCreator.getTimeOrderedEpoch().toString();
        request.headers().set(REQUEST_ID, id);
        context.response().putHeader(REQUEST_ID, id);
        if (!request.path().startsWith("/q/")) {
            context.addEndHandler(end -> LOG.infof(
                    "%s %s %d %.1fms ip=%s userId=%s requestId=%s",
                    request.method(),
                    pathOf(request),
                    context.response().getStatusCode(),
                    (System.nanoTime() - startedAt) / 1e6,
                    request.remoteAddress().hostAddress(),
                    context.<String>get(USER, "-"),
                    id));
        }
        context.next();
    }
}
