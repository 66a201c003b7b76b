package ru.reklamai.kit.socket;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.reflect.Method;

/**
 * Requests that became sockets. A stop waits for the requests under way, and without this class a socket stays one for
 * ever: Vert.x tells nobody that its answer is complete, nor that it has closed. A single socket, long gone, would make
 * every stop last until {@code quarkus.shutdown.timeout}. Quarkus has no public way to say that such a request has ended.
 */
@ApplicationScoped
public class UpgradedRequests {

    private static final int EARLY = 900;
    private static final Method DONE = done();

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    endWithConnection(context.request());
                    context.next();
                },
                EARLY);
    }

    static void endWithConnection(HttpServerRequest request) {
        if (request.getHeader("Upgrade") != null) {
            request.connection().closeHandler(closed -> end(request));
        }
    }

    /**
     * The request is no longer under way. To be called by who takes the connection over as a plain socket, which then
     * tells nobody else that it has closed. A second call does nothing.
     */
    public static void end(HttpServerRequest request) {
        if (request.getCookie(QuarkusRequestWrapper.FAKE_COOKIE_NAME)
                instanceof QuarkusRequestWrapper.QuarkusCookie cookie) {
            try {
                DONE.invoke(cookie.getRequestWrapper());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Method done() {
        try {
            Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            return done;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("this version of Quarkus counts the requests under way in another way", e);
        }
    }
}
