package ru.reklamai.gateway.routing;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Tells Quarkus that a request which became a socket is over. Quarkus hears of no end of such a request; it would count
 * it as under way for ever, and every stop would wait in vain for the whole of quarkus.shutdown.timeout.
 */
final class UpgradedRequest {

    private static final MethodHandle DONE = done();

    private UpgradedRequest() {}

    static void end(HttpServerRequest request) {
        try {
            DONE.invokeExact(QuarkusRequestWrapper.get(request));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle done() {
        try {
            return MethodHandles.privateLookupIn(QuarkusRequestWrapper.class, MethodHandles.lookup())
                    .findVirtual(QuarkusRequestWrapper.class, "done", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
