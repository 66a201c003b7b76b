package ru.reklamai.gateway;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests that a stop would wait for, as Quarkus does. */
@Singleton
public class OpenRequests {

    private static final int BEFORE_ALL = 10_000;

    private final AtomicInteger count = new AtomicInteger();

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    count.incrementAndGet();
                    QuarkusRequestWrapper.get(context.request()).addRequestDoneHandler(done -> count.decrementAndGet());
                    context.next();
                },
                BEFORE_ALL);
    }

    public int count() {
        return count.get();
    }
}
